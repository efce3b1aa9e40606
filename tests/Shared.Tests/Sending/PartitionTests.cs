using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Sending;

/// <summary>Peers to which nothing of this one gets.</summary>
public sealed class PartitionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Blocked_Neighbour_IsSentNothingAndTheOthersAllOfIt()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(3));
        Block(bench, "p01");
        bench.Start();

        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out _));
        bench.RunFor(60);

        Assert.Equal(["p00", "p02"], Transmitted(bench).Distinct().Order());
        Assert.True(bench.Peer.Blocks(new PeerId("p01")));
        Assert.False(bench.Peer.Blocks(new PeerId("p00")));
    }

    /// <summary>As what the transport could not deliver: tried again, then given up as unreachable.</summary>
    [Fact]
    public void Blocked_Message_IsTriedAgainThenDroppedAsUnreachable()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        bench.Outbox.Blocked = PeerSet.Of("p00");
        bench.Send(bench[0]);
        bench.Send(bench[0], MessageType.Ping);

        bench.RunFor(60 * Second);

        Assert.Empty(bench.Transmitter.All);
        Assert.Equal(
            [(TimeSpan.Zero, MessageType.Ping, DropReason.Unreachable),
                (15 * Second, MessageType.Inv, DropReason.Unreachable)],
            bench.Events.Drops.Select(drop => (drop.At, drop.Type, drop.Reason)));
    }

    [Fact]
    public void Blocked_WhileAMessageIsOnItsWay_KeepsIt()
    {
        var bench = new ContextBench(Make.Quiet with { Latency = new(Second, Second) }, Make.Infos(1));
        bench.Send(bench[0]);
        bench.Outbox.Blocked = PeerSet.Of("p00");

        bench.RunFor(2 * Second);

        Assert.Empty(bench.Transmitter.All);
    }

    [Fact]
    public void Healed_DuringTheRetries_GetsTheMessage()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        bench.Outbox.Blocked = PeerSet.Of("p00");
        bench.Send(bench[0]);
        bench.RunFor(7 * Second);
        Assert.Empty(bench.Transmitter.All);

        bench.Outbox.Blocked = PeerSet.None;
        bench.RunFor(10 * Second);

        Assert.Single(bench.Transmitter.All);
        Assert.Empty(bench.Events.Drops);
    }

    /// <summary>The one that is not heard is found away by the other; itself hears all the time.</summary>
    [Fact]
    public void OneWay_Partition_IsFoundByTheSideThatHearsNothing()
    {
        var pair = new Pair();
        pair.RunFor(30);
        pair.One.Apply(pair.Now, new SetPartition(PeerSet.Of("two")));

        pair.RunFor(120);
        Assert.Equal(PeerStatus.Alive, pair.One.Table.All[0].Status);
        Assert.Equal(PeerStatus.Unreachable, pair.Other.Table.All[0].Status);

        pair.One.Apply(pair.Now, new SetPartition(PeerSet.None));
        pair.RunFor(120);
        Assert.Equal(PeerStatus.Alive, pair.Other.Table.All[0].Status);
    }

    [Fact]
    public void BothWays_Partition_IsFoundByBothAndHeals()
    {
        var pair = new Pair();
        pair.RunFor(30);
        pair.One.Apply(pair.Now, new SetPartition(PeerSet.Of("two")));
        pair.Other.Apply(pair.Now, new SetPartition(PeerSet.Of("one")));
        pair.RunFor(120);
        Assert.True(pair.One.TryMakeBlock(pair.Now, out var block));

        pair.RunFor(30);
        Assert.Equal(
            (PeerStatus.Unreachable, PeerStatus.Unreachable, 0),
            (pair.One.Table.All[0].Status, pair.Other.Table.All[0].Status, pair.Other.Ledger.Chain.Height));

        pair.One.Apply(pair.Now, new SetPartition(PeerSet.None));
        pair.Other.Apply(pair.Now, new SetPartition(PeerSet.None));
        pair.RunFor(120);
        Assert.Equal(block.Id, pair.Other.Ledger.Chain.Tip?.Id);
    }

    [Fact]
    public void Blocked_Relay_IsGoneAroundOnceItIsFoundAway()
    {
        PeerInfo[] known =
            [Make.Info("gate1", network: 1), Make.Info("gate2", network: 1), Make.Info("far", nat: true, network: 1)];
        var bench = new PeerBench(Make.Quiet with { PingInterval = 5 * Second, UnreachableAfter = 15 * Second }, known);
        Block(bench, "gate1");
        bench.Start();
        for (var i = 0; i < 60; i++)
        {
            // Only gate2 answers; of gate1 nothing comes, since nothing got there.
            bench.RunFor(1);
            if (bench.Sent<Ping>("gate2").Count > 0)
            {
                bench.ReceivePong("gate2");
            }
        }

        Assert.Equal(PeerStatus.Unreachable, bench.Remote("gate1").Status);
        bench.Peer.Apply(bench.Now, new Pay(new PeerId("far")));
        bench.RunFor(60);

        Assert.Contains(
            bench.Transmitter.All,
            sent => sent.NextHop.Value == "gate2" && sent.Message is Relay { Target.Value: "far" });
        Assert.DoesNotContain("gate1", Transmitted(bench));
    }

    private static void Block(PeerBench bench, params string[] peers) =>
        Assert.Null(bench.Peer.Apply(bench.Now, new SetPartition(PeerSet.Of(peers))).Refusal);

    private static IEnumerable<string> Transmitted(PeerBench bench) =>
        bench.Transmitter.All.Select(sent => sent.NextHop.Value);

    /// <summary>Two peers that know each other; what one transmits, the other receives at once.</summary>
    private sealed class Pair
    {
        private static readonly PeerInfo[] Infos = [Make.Info("one"), Make.Info("two")];

        public Pair()
        {
            var settings = Make.Quiet with
            {
                PingInterval = 5 * Second, UnreachableAfter = 15 * Second, SyncInterval = 10 * Second,
            };
            One = New(0, to: () => Other!);
            Other = New(1, to: () => One);
            One.Start(Now);
            Other.Start(Now);

            Peer New(int index, Func<Peer> to) => new(
                Make.Plan(Infos[index], settings),
                [Infos[1 - index]],
                new Wire(this, Infos[index].Id, to),
                new RecordingEvents(),
                seed: (ulong)index + 1);
        }

        public Peer One { get; }

        public Peer Other { get; }

        public TimeSpan Now { get; private set; }

        public Queue<Action> OnTheWay { get; } = [];

        public void RunFor(int seconds)
        {
            for (var end = Now + (seconds * Second); Now < end; Now += TimeSpan.FromMilliseconds(100))
            {
                One.Advance(Now);
                Other.Advance(Now);
                while (OnTheWay.TryDequeue(out var arrival))
                {
                    arrival();
                }
            }
        }

        private sealed class Wire(Pair pair, PeerId from, Func<Peer> to) : ITransmitter
        {
            public void Transmit(in Transmission transmission)
            {
                var message = transmission.Message;
                pair.OnTheWay.Enqueue(() => to().Receive(pair.Now, from, message));
            }
        }
    }
}
