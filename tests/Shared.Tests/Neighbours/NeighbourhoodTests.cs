using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Neighbours;

/// <summary>A peer that draws its neighbours out of a table of addresses.</summary>
public class NeighbourhoodTests
{
    private static readonly PeerSettings Drawing = Make.Quiet with
    {
        AddressTable = AddressTables.Bitcoin,
        Outbound = 3,
        Fanout = 9,
        PingInterval = TimeSpan.FromSeconds(15),
    };

    private static readonly PeerInfo Caller = Info("caller", "99.1.0.1");

    [Fact]
    public void Start_DrawsAsManyAsItMay_NoTwoOfOneGroup()
    {
        var bench = Answering(new PeerBench(Drawing, Several(groups: 5, each: 4)));
        var drawn = bench.Peer.Outbound;
        Assert.Equal(3, drawn.Count);
        Assert.Equal(3, drawn.Select(peer => AddressTable.GroupOf(peer.Info.Ip)).Distinct().Count());
        Assert.Equal(3, bench.Peer.Addresses!.Tried);
        Assert.Equal(3, bench.Sent<Hello>().DistinctBy(sent => sent.To).Count());
    }

    [Fact]
    public void Group_WithAllAddresses_GetsOneNeighbour()
    {
        var bench = Answering(new PeerBench(Drawing, Several(groups: 1, each: 9)));
        Assert.Single(bench.Peer.Outbound);
    }

    [Fact]
    public void Block_IsAnnouncedToNeighboursOnly_AndTakenFromThemOnly()
    {
        var bench = Answering(new PeerBench(Drawing, Several(groups: 9, each: 1)));
        var neighbours = bench.Peer.Outbound.Select(peer => peer.Id.Value).ToHashSet();
        var other = bench.Peer.Table.All.First(peer => !neighbours.Contains(peer.Id.Value)).Id.Value;

        bench.Receive(other, Make.Block("theirs"));
        bench.Receive("@50.1.0.1", Make.Block("strangers"));
        Assert.Equal(0, bench.Peer.Ledger.Chain.Height);
        bench.Receive(neighbours.First(), Make.Block("ours"));
        Assert.Equal(1, bench.Peer.Ledger.Chain.Height);
        bench.RunFor(1);
        Assert.Equal(neighbours.Skip(1).Order(), bench.Sent<Inv>().Select(sent => sent.To).Distinct().Order());
    }

    [Fact]
    public void Hello_OfOneThatChoseUs_IsAnsweredAndMakesItANeighbour_UntilItIsSilent()
    {
        var bench = Answering(new PeerBench(Drawing, Several(groups: 3, each: 1)));
        Greet(bench, Caller);
        Assert.Single(bench.Sent<Hello>("caller"));
        Assert.True(bench.Remote("caller").IsNeighbour);
        Assert.DoesNotContain(bench.Peer.Outbound, peer => peer.Id == Caller.Id);

        bench.RunFor(60);
        Assert.Null(bench.Remote("caller"));
    }

    [Fact]
    public void Hello_OfMoreThanMayChooseUs_IsNotAnswered()
    {
        var bench = new PeerBench(Drawing, []).Start();
        for (var i = 0; i < Neighbourhood.MaxInbound + 5; i++)
        {
            Greet(bench, Info($"caller{i}", $"99.{i}.0.1"));
        }

        Assert.Equal(Neighbourhood.MaxInbound, bench.Peer.Table.All.Count);
        Assert.Empty(bench.Sent<Hello>($"caller{Neighbourhood.MaxInbound}"));
    }

    [Fact]
    public void Names_ThatNobodyAnswersTo_AreTriedOneAfterTheOther_AndNeverBecomeNeighbours()
    {
        var bench = Answering(new PeerBench(Drawing, Several(groups: 1, each: 1)));
        var informant = bench.Peer.Outbound[0];
        PeerInfo[] names = [.. Enumerable.Range(0, 200).Select(i => Info($"x{i}", $"60.{i}.0.1"))];
        bench.Receive(informant.Id.Value, new PeerList(informant.Id, names, bench.NextId()));
        Assert.InRange(bench.Peer.Addresses!.New, 150, 200);
        bench.RunFor(20);
        Assert.InRange(bench.Sent<Hello>().Count(sent => sent.To.StartsWith('x')), 4, 10);
        Assert.Single(bench.Peer.Table.All);
        Assert.Equal(1, bench.Peer.Addresses.Tried);
    }

    [Fact]
    public void Restart_WithTheTableOfTheEarlierLife_DrawsFromIt()
    {
        var earlier = Answering(new PeerBench(Drawing, Several(groups: 5, each: 1)));
        var bench = new PeerBench(Drawing, [], seed: 2);
        bench.Peer.Addresses = earlier.Peer.Addresses!;
        Assert.Equal(3, Answering(bench).Peer.Outbound.Count);
    }

    [Fact]
    public void Attacker_NamesItsAccomplicesOnly_AndSaysNothingOfBlocks()
    {
        var accomplices = Several(groups: 3, each: 1);
        var bench = Answering(new PeerBench(Drawing, accomplices, behaviour: Behaviours.Eclipse));
        Greet(bench, Caller);
        bench.Receive("caller", Make.Block("x"));
        bench.ReceiveGetBlock("caller", "x");
        bench.Receive("caller", new GetBlockHeaders(Caller.Id, [], bench.NextId()));
        bench.Receive("caller", new GetPeers(Caller.Id, bench.NextId()));
        bench.RunFor(5);

        Assert.Equal(1, bench.Peer.Ledger.Chain.Height);
        Assert.Empty(bench.Sent<Inv>());
        Assert.Empty(bench.Sent<Block>());
        Assert.Empty(bench.Sent<BlockHeaders>());
        var named = Assert.Single(bench.Sent<PeerList>()).Message.Peers;
        Assert.Equal([.. accomplices.Select(info => info.Id.Value).Order(), "self"], named.Select(info => info.Id.Value)
            .OrderBy(id => id == "self").ThenBy(id => id, StringComparer.Ordinal));
    }

    /// <summary>Lets it draw for 20 s; all that it greets in that time answer.</summary>
    private static PeerBench Answering(PeerBench bench)
    {
        bench.Start();
        var answered = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            bench.RunFor(0.5);
            foreach (var id in bench.Sent<Hello>().Select(sent => sent.To).Where(answered.Add).ToList())
            {
                var info = bench.Remote(id).Info;
                bench.ReceiveHello(id, info);
            }
        }

        return bench;
    }

    private static void Greet(PeerBench bench, PeerInfo info)
    {
        var hello = new Hello(info, bench.NextId());
        bench.Receive(bench.Peer.Identify(bench.Now, info.Ip, hello).Value, hello);
    }

    private static PeerInfo[] Several(int groups, int each) =>
    [
        .. Enumerable.Range(0, groups * each).Select(i => Info($"p{i:00}", $"20.{i % groups}.0.{1 + (i / groups)}")),
    ];

    private static PeerInfo Info(string id, string ip) =>
        new(new PeerId(id), ip, 5_000, Nat: false, Light: false, PeerInfo.NoNetwork);
}
