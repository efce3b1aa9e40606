using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Spreading;

public class HeaderWitnessesTests
{
    private static readonly PeerInfo Light = Make.Info("self", light: true);
    private static readonly PeerInfo[] Full = [Make.Info("a"), Make.Info("b"), Make.Info("liar")];
    private static readonly BlockHeader True = Make.Header("x");
    private static readonly BlockHeader False = True with { Sender = new PeerId("liar") };

    private readonly PeerBench _bench = new(Make.Quiet, Full, Light);

    [Fact]
    public void Header_OneWitness_IsNotBelievedButAskedFor()
    {
        _bench.ReceiveInv("a", "x");
        _bench.ReceiveHeaders("a", True);
        Assert.Empty(_bench.Events.AcceptedBlocks);
        Assert.NotEqual("a", _bench.Sent<GetBlock>()[^1].To);
        Assert.Equal(2, _bench.Sent<GetBlock>().Count);
    }

    [Fact]
    public void Header_TwoWitnesses_IsBelieved()
    {
        AskAll(_bench);
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("a", True);
        Assert.Empty(_bench.Events.AcceptedBlocks);
        _bench.ReceiveHeaders("b", True);
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Inv_AtALightPeer_AsksForTheHeader()
    {
        _bench.ReceiveInv("a", "x");
        Assert.Equal([True.Id], Assert.Single(_bench.Sent<GetBlock>("a")).Message.BlockIds);
        Assert.Empty(_bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Header_OnlyOneFullPeerKnown_SufficesAlone()
    {
        var bench = new PeerBench(Make.Quiet, [Make.Info("a"), Make.Info("other", light: true)], Light);
        bench.ReceiveInv("a", "x");
        bench.ReceiveHeaders("a", True);
        Assert.Equal([True.Id], bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Header_FalseOneFirst_TheTrueOneIsBelieved()
    {
        AskAll(_bench);
        _bench.ReceiveHeaders("liar", False);
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("b", True);
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Header_FalseOneOfAnAnnouncedBlock_IsNotBelieved()
    {
        _bench.ReceiveInv("a", "x");
        _bench.ReceiveInv("b", "x");
        _bench.ReceiveInv("liar", "x");
        _bench.ReceiveHeaders("liar", False);
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("b", True);
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    /// <summary>The liar speaks when and as often as it likes, of the true id or one that it made up.</summary>
    [Fact]
    public void Header_RandomOrderOfInvsAndHeaders_NoneOfTheLiarIsBelieved() =>
        Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 2]).Array[1, 20].Sample(statements =>
        {
            var bench = new PeerBench(Make.Quiet, Full, Light);
            AskAll(bench);
            var givers = new HashSet<int>();
            foreach (var (peer, isInv, block) in statements)
            {
                var header = peer == 2
                    ? Make.Header($"{block}") with { Timestamp = 99 + givers.Count }
                    : Make.Header("0");
                if (isInv)
                {
                    bench.Receive(Full[peer].Id.Value, new Inv(Full[peer].Id, [header.Id], bench.NextId()));
                    continue;
                }

                bench.ReceiveHeaders(Full[peer].Id.Value, header);
                givers.Add(peer);
            }

            Assert.All(bench.Events.AcceptedBlocks, id => Assert.Equal(Make.Header("0").Id, id));
            if (givers.Contains(0) && givers.Contains(1))
            {
                Assert.Single(bench.Events.AcceptedBlocks);
            }
        });

    /// <summary>Anybody can write any origin into a RELAY: what it says counts as said by who delivered it.</summary>
    [Fact]
    public void Header_TwoRelaysWithMadeUpOriginsFromOnePeer_IsNotBelieved()
    {
        AskAll(_bench);
        foreach (var origin in (string[])["a", "b", "made-up"])
        {
            _bench.Receive("liar", Relayed(_bench, origin, True));
        }

        Assert.Empty(_bench.Events.AcceptedBlocks);
    }

    /// <summary>Names are free, so that those who joined by HELLO are no witnesses against the peers of the
    /// plan.</summary>
    [Fact]
    public void Header_FromManyNewcomersOnly_IsNotBelieved()
    {
        for (var i = 0; i < 5; i++)
        {
            Join(_bench, $"new{i}");
            _bench.ReceiveInv($"new{i}", "x");
            _bench.ReceiveHeaders($"new{i}", True);
        }

        Assert.Empty(_bench.Events.AcceptedBlocks);
    }

    /// <summary>Behind NAT, what others say comes by the gateways.</summary>
    [Fact]
    public void Header_BehindNat_TwoGatewaysAreTwoWitnessesAndOneIsNot()
    {
        var bench = new PeerBench(
            Make.Quiet,
            [Make.Info("gate", network: 1), Make.Info("gate2", network: 1), Make.Info("a"), Make.Info("b")],
            Make.Info("self", nat: true, light: true, network: 1));
        foreach (var origin in (string[])["a", "b"])
        {
            var inventory = new Inv(new PeerId(origin), [True.Id], bench.NextId());
            bench.Receive(
                "gate", new Relay(inventory.Sender, bench.Peer.Info.Id, inventory, bench.NextId(), default));
        }

        bench.Receive("gate", Relayed(bench, "a", True));
        bench.Receive("gate", Relayed(bench, "b", True));
        Assert.Empty(bench.Events.AcceptedBlocks);

        bench.Receive("gate2", Relayed(bench, "b", True));
        Assert.Equal([True.Id], bench.Events.AcceptedBlocks);
    }

    /// <summary>A liar needs no names of others to send headers; but nobody has asked it.</summary>
    [Fact]
    public void Header_NotAskedFor_IsDropped()
    {
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("b", True);
        Assert.Empty(_bench.Events.AcceptedBlocks);
        Assert.Equal(2, _bench.Events.Drops.Count(drop => drop.Type == MessageType.BlockHeaders));
    }

    [Fact]
    public void Block_WithItsId_NeedsNoWitness()
    {
        _bench.Receive("a", Make.Block("x"));
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    /// <summary>An INV makes the light peer ask for the header.</summary>
    private static void AskAll(PeerBench bench)
    {
        foreach (var full in Full)
        {
            bench.ReceiveInv(full.Id.Value, "x");
        }
    }

    private static void Join(PeerBench bench, string name)
    {
        var hello = new Hello(Make.Info(name), bench.NextId());
        Assert.Equal(name, bench.Peer.Identify(bench.Now, hello.Info.Ip, hello).Value);
        bench.Receive(name, hello);
    }

    private static Relay Relayed(PeerBench bench, string origin, BlockHeader header) => new(
        new PeerId(origin),
        bench.Peer.Info.Id,
        new BlockHeaders(new PeerId(origin), [header], bench.NextId()),
        bench.NextId(),
        default);
}
