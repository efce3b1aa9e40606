using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Sending;

public class SchedulerTests
{
    private static readonly PeerSettings OnePerSecond = Make.Quiet with { Capacity = new(1, 1) };

    [Theory]
    [InlineData(MessagePriority.High, new[]
    {
        MessageType.Ping, MessageType.Pong, MessageType.Block, MessageType.Inv, MessageType.GetBlock,
        MessageType.GetBlockHeaders, MessageType.BlockHeaders,
    })]
    [InlineData(MessagePriority.Medium, new[]
    {
        MessageType.Tx, MessageType.Hello, MessageType.GetPeers, MessageType.Peers,
    })]
    [InlineData(MessagePriority.Low, new[] { MessageType.Relay })]
    public void Priority_OfType_IsThatOfTheProtocol(MessagePriority priority, MessageType[] types) =>
        Assert.All(types, type => Assert.Equal(priority, MessagePriorities.Of(type)));

    [Fact]
    public void Enqueue_CapacityExhausted_SendsByPriorityWhateverTheOrderOfArrival()
    {
        var bench = new ContextBench(OnePerSecond, Make.Infos(3));
        bench.Send(bench[0]);
        MessageType[] arriving =
        [
            MessageType.Relay, MessageType.Tx, MessageType.Ping, MessageType.Relay, MessageType.Inv, MessageType.Hello,
        ];
        for (var i = 0; i < arriving.Length; i++)
        {
            bench.Send(bench[i % 3], arriving[i]);
        }

        bench.RunFor(TimeSpan.FromSeconds(20));

        Assert.Equal(
            [
                MessageType.Ping, MessageType.Inv, MessageType.Tx, MessageType.Hello, MessageType.Relay,
                MessageType.Relay,
            ],
            bench.Events.Sents.Skip(1).Select(sent => sent.Message.Type));
    }

    [Fact]
    public void Enqueue_HighArrivesWhileLowWaits_Overtakes()
    {
        var bench = new ContextBench(OnePerSecond, Make.Infos(2));
        for (var i = 0; i < 4; i++)
        {
            bench.Send(bench[0], MessageType.Relay);
        }

        bench.RunFor(TimeSpan.FromSeconds(1.5));
        bench.Send(bench[1], MessageType.Ping);
        bench.RunFor(TimeSpan.FromSeconds(0.7));

        Assert.Equal(
            [MessageType.Relay, MessageType.Relay, MessageType.Ping],
            bench.Events.Sents.Select(sent => sent.Message.Type));
    }

    [Fact]
    public void Enqueue_MoreThanTheQueueHolds_DropsTheNewest()
    {
        var bench = new ContextBench(OnePerSecond with { QueueLimit = 3 }, Make.Infos(2));
        var messages = Enumerable.Range(0, 6).Select(_ => bench.Send(bench[0])).ToList();

        // The limit is one of each target and priority.
        bench.Send(bench[0], MessageType.Tx);
        bench.Send(bench[1]);

        Assert.Equal(3, bench[0].Queue.Count(MessagePriority.High));
        Assert.Equal(messages[1..4], bench[0].Queue.Waiting(MessagePriority.High));
        Assert.Equal(
            [(MessageType.Inv, DropReason.QueueFull), (MessageType.Inv, DropReason.QueueFull)],
            bench.Events.Drops.Select(drop => (drop.Type, drop.Reason)));
    }

    [Fact]
    public void Enqueue_TargetAtItsRateLimit_WaitsWhileOthersGo()
    {
        var settings = Make.Quiet with { SendLimit = new RateLimit(2, TimeSpan.FromSeconds(1)) };
        var bench = new ContextBench(settings, Make.Infos(2));
        for (var i = 0; i < 5; i++)
        {
            bench.Send(bench[0]);
        }

        var other = bench.Send(bench[1], MessageType.Relay);

        Assert.Equal((TimeSpan.Zero, bench[1].Id, other), bench.Events.Sents[^1]);
        Assert.Equal(3, bench[0].Queue.Count(MessagePriority.High));
        bench.RunFor(TimeSpan.FromSeconds(1.6));
        Assert.Equal(
            [0, 0, 0.5, 1, 1.5],
            bench.Events.Sents.Where(sent => sent.To == bench[0].Id)
                .Select(sent => Math.Round(sent.At.TotalSeconds, 3)));
    }

    [Theory]
    [InlineData(MessageType.Inv, true)]
    [InlineData(MessageType.Tx, true)]
    [InlineData(MessageType.Relay, true)]
    [InlineData(MessageType.Ping, false)]
    [InlineData(MessageType.Pong, false)]
    [InlineData(MessageType.Hello, false)]
    public void Enqueue_TargetUnreachable_OnlyProbesGo(MessageType type, bool dropped)
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        bench.Context.Table.SetStatus(bench[0], PeerStatus.Unreachable);

        bench.Send(bench[0], type);

        Assert.Equal(
            dropped ? [(type, DropReason.Unreachable)] : [],
            bench.Events.Drops.Select(drop => (drop.Type, drop.Reason)));
        Assert.Equal(dropped ? 0 : 1, bench.Transmitter.All.Count);
    }

    [Theory]
    [InlineData(MessageType.Inv)]
    [InlineData(MessageType.Ping)]
    [InlineData(MessageType.Hello)]
    public void Enqueue_TargetBanned_IsDropped(MessageType type)
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        bench.Context.Table.Ban(bench[0]);

        bench.Send(bench[0], type);

        Assert.Equal([(type, DropReason.Blacklisted)], bench.Events.Drops.Select(d => (d.Type, d.Reason)));
        Assert.Empty(bench.Transmitter.All);
    }

    [Fact]
    public void Clear_MessagesOfAllPriorities_DropsThoseOfTheTargetOnly()
    {
        var bench = new ContextBench(OnePerSecond, Make.Infos(2));
        bench.Send(bench[1]);
        foreach (var type in (MessageType[])[MessageType.Inv, MessageType.Tx, MessageType.Relay, MessageType.Inv])
        {
            bench.Send(bench[0], type);
            bench.Send(bench[1], type);
        }

        bench.Outbox.Clear(bench.Now, bench[0], DropReason.Blacklisted);

        Assert.Equal(4, bench.Events.Drops.Count);
        Assert.All(
            bench.Events.Drops, drop => Assert.Equal((DropReason.Blacklisted, bench[0].Id), (drop.Reason, drop.Peer)));
        bench.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(5, bench.Transmitter.All.Count);
        Assert.All(bench.Transmitter.All, transmission => Assert.Equal(bench[1].Id, transmission.Target));

        // What comes later is sent at once: nothing is believed to wait still.
        bench.Send(bench[0]);
        Assert.Equal((bench.Now, bench[0].Id), (bench.Events.Sents[^1].At, bench.Events.Sents[^1].To));
    }
}
