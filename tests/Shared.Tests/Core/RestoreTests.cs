using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

public sealed class RestoreTests
{
    private static readonly PeerInfo A = Make.Info("a");

    [Fact]
    public void Restore_BlocksInOrder_AreTheChainAndNobodyHearsOfThem()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        var attached = Chain(3).Sum(block => Restore(bench, block).Count);
        bench.Start();

        Assert.Equal(3, attached);
        Assert.Equal(3, bench.Peer.Ledger.Chain.Height);
        Assert.Equal(TimeSpan.FromSeconds(7), bench.Peer.Ledger.Chain.Tip!.AcceptedAt);
        Assert.Empty(bench.Events.AcceptedBlocks);
        Assert.Empty(bench.Sent<Inv>());
    }

    [Fact]
    public void Restore_OneBlockLost_AsksForThatOneAndHasAllWhenItComes()
    {
        // More than are kept of the orphans that others send.
        var blocks = Chain(50);
        var bench = new PeerBench(Make.Quiet with { OrphanLimit = 5 }, [A]);
        foreach (var block in blocks.Where((_, i) => i != 20))
        {
            Restore(bench, block);
        }

        bench.Start();
        Assert.Equal(20, bench.Peer.Ledger.Chain.Height);
        bench.ReceiveHeaders("a", [.. blocks.Skip(20).Select(block => block.Header)]);

        Assert.Equal([blocks[20].Id], bench.Sent<GetBlock>("a").SelectMany(asked => asked.Message.BlockIds));
        bench.Receive("a", blocks[20]);
        Assert.Equal(50, bench.Peer.Ledger.Chain.Height);
        Assert.Empty(bench.Peer.Ledger.Chain.Orphans);
    }

    [Fact]
    public void Restore_ChildrenBeforeParents_IsTheSameChain()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        var attached = Chain(5).Reverse().Select(block => Restore(bench, block).Count).ToArray();

        Assert.Equal([0, 0, 0, 0, 5], attached);
        Assert.Equal(5, bench.Peer.Ledger.Chain.Height);
    }

    [Fact]
    public void Restore_OrphanThatWaitsForARestoredBranch_LearnsWhatIsReallyMissing()
    {
        var blocks = Chain(5);
        var bench = new PeerBench(Make.Quiet, [A]);
        Restore(bench, blocks[2]);
        Restore(bench, blocks[3]);
        bench.Start().Receive("a", blocks[4]);

        Assert.Equal(blocks[1].Id, bench.Peer.Ledger.Chain.MissingAncestor(blocks[4].Id));
        Assert.True(bench.Peer.Ledger.Chain.IsKnown(blocks[3].Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Restore_Ban_HoldsAlsoForAPeerThatIsLearntLater(bool isKnown)
    {
        var bench = new PeerBench(Make.Quiet with { Discovery = true }, isKnown ? [A] : []);
        bench.Peer.Restore(bench.Now, [new Standing(A.Id, 4, new Score(4, TimeSpan.Zero), TimeSpan.MaxValue)]);
        bench.Start();
        bench.Peer.Identify(bench.Now, A.Ip, new Hello(A, bench.NextId()));
        bench.Receive("a", Make.Transaction("good"));

        Assert.True(bench.Remote("a").IsBanned);
        Assert.Equal(4, bench.Remote("a").Offences);
        Assert.Equal(DropReason.Blacklisted, bench.Events.Drops[^1].Reason);
    }

    [Fact]
    public void Storage_OwnBlock_IsToldBeforeItIsAnnounced()
    {
        var storage = new Recorder();
        var peer = Stored(storage);
        peer.Apply(TimeSpan.Zero, new Mine());

        Assert.Equal(["stored 1", "sent Inv"], storage.Said);
    }

    [Fact]
    public void Storage_Offences_AreToldWithTheBanThatTheyLeadTo()
    {
        var storage = new Recorder();
        var peer = Stored(storage);
        for (var i = 0; i < 4; i++)
        {
            peer.Receive(TimeSpan.FromSeconds(i), A.Id, Make.Block($"bad{i}", valid: false));
        }

        Assert.Equal([1, 2, 3, 4], storage.Records.Select(record => record.Offences));
        Assert.Equal([false, false, false, true], storage.Records.Select(record => record.BannedUntil is not null));
    }

    [Fact]
    public void Mine_WhileNothingCanBeStored_IsRefusedWithTheReason()
    {
        var bench = new PeerBench(Make.Quiet, [A]).Start();
        bench.Peer.MakesNoBlocks = "the disk is full";
        var refused = bench.Peer.Apply(bench.Now, new Mine());
        bench.Peer.MakesNoBlocks = null;

        Assert.Equal("the disk is full", refused.Refusal);
        Assert.NotNull(bench.Peer.Apply(bench.Now, new Mine()).Block);
        Assert.Equal(1, bench.Peer.Ledger.Chain.Height);
    }

    private static Block[] Chain(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Make.Block($"b{i}", i == 0 ? null : $"b{i - 1}")),
    ];

    private static AttachedNodes Restore(PeerBench bench, Block block) =>
        bench.Peer.Restore(TimeSpan.FromSeconds(7), block.Header, block);

    private static Peer Stored(Recorder recorder)
    {
        var peer = new Peer(
            Make.Plan(Make.Info("self"), Make.Quiet), [A], recorder, new RecordingEvents(), 1, storage: recorder);
        peer.Start(TimeSpan.Zero);
        return peer;
    }

    private sealed class Recorder : ITransmitter, IPeerStorage
    {
        public List<string> Said { get; } = [];

        public List<Standing> Records { get; } = [];

        public void Accepted(ChainNode node) => Said.Add($"stored {node.Height}");

        public void Blamed(Standing standing) => Records.Add(standing);

        public void Transmit(in Transmission transmission)
        {
            if (transmission.Message is Inv)
            {
                Said.Add("sent Inv");
            }
        }
    }
}
