using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Sending;

public class RetryTests
{
    private static readonly PeerInfo[] Split =
        [Make.Info("nated", nat: true, network: 1), Make.Info("public")];

    [Fact]
    public void Failed_EveryTime_IsTriedAgainAfterEachDelayThenDropped()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        var message = bench.Send(bench[0]);

        FailAll(bench, until: 60);

        Assert.Equal([0, 5, 10, 15], bench.Events.Sents.Select(sent => (int)sent.At.TotalSeconds));
        Assert.All(bench.Events.Sents, sent => Assert.Same(message, sent.Message));
        Assert.Equal(
            [(TimeSpan.FromSeconds(15), MessageType.Inv, DropReason.Unreachable, bench[0].Id)], bench.Events.Drops);
    }

    [Fact]
    public void Failed_SeveralMessages_EachHasItsOwnDelay()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(2));
        for (var second = 0; second < 3; second++)
        {
            bench.RunUntil(TimeSpan.FromSeconds(second));
            bench.Send(bench[0]);
            bench.Fail(bench.Transmitter.All[^1]);

            // Another target's message does not wait for any of them.
            bench.Send(bench[1]);
            Assert.Equal((bench.Now, bench[1].Id), (bench.Events.Sents[^1].At, bench.Events.Sents[^1].To));
        }

        bench.RunUntil(TimeSpan.FromSeconds(20));

        Assert.Equal(
            [0, 1, 2, 5, 6, 7],
            bench.Events.Sents.Where(sent => sent.To == bench[0].Id).Select(sent => (int)sent.At.TotalSeconds));
        Assert.Empty(bench.Events.Drops);
    }

    [Theory]
    [InlineData(MessageType.Ping)]
    [InlineData(MessageType.Pong)]
    public void Failed_Heartbeat_IsDroppedAtOnce(MessageType type)
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        bench.Send(bench[0], type);

        FailAll(bench, until: 60);

        Assert.Single(bench.Transmitter.All);
        Assert.Equal([(type, DropReason.Unreachable)], bench.Events.Drops.Select(drop => (drop.Type, drop.Reason)));
    }

    [Theory]
    [InlineData(MessageType.Ping, true)]
    [InlineData(MessageType.Pong, true)]
    [InlineData(MessageType.Inv, false)]
    public void Failed_ForwardedRelay_IsTriedAgainUnlessItCarriesAHeartbeat(MessageType type, bool isDropped)
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        var relay = new Relay(new PeerId("origin"), bench[0].Id, bench.Message(type), Make.Id(99), default);
        bench.Context.Send(bench.Now, bench[0], relay);

        FailAll(bench, until: 6);

        Assert.Equal(isDropped ? 1 : 2, bench.Transmitter.All.Count);
        Assert.Equal(isDropped, bench.Events.Drops.Count > 0);
    }

    [Fact]
    public void Failed_NoRetriesWanted_IsDroppedAtOnce()
    {
        var bench = new ContextBench(Make.Quiet with { Retries = 0 }, Make.Infos(1));
        bench.Send(bench[0]);
        bench.Fail(bench.Transmitter.All[0]);
        Assert.Equal(DropReason.Unreachable, Assert.Single(bench.Events.Drops).Reason);
    }

    [Fact]
    public void Failed_TargetForgottenMeanwhile_IsDropped()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1));
        bench.Send(bench[0]);
        bench.Fail(bench.Transmitter.All[0]);
        bench.Context.Table.Forget(bench[0]);
        bench.RunFor(TimeSpan.FromSeconds(30));
        Assert.Equal(DropReason.Unreachable, Assert.Single(bench.Events.Drops).Reason);
        Assert.Single(bench.Transmitter.All);
    }

    [Fact]
    public void Send_NoRoute_IsTriedAgainThenDroppedAsSuch()
    {
        var bench = new ContextBench(Make.Quiet, Split);
        bench.Send(bench[0]);

        bench.RunFor(TimeSpan.FromSeconds(60));

        Assert.Empty(bench.Transmitter.All);
        Assert.Equal(
            [(TimeSpan.FromSeconds(15), MessageType.Inv, DropReason.NoRoute, bench[0].Id)], bench.Events.Drops);
    }

    [Fact]
    public void Send_RouteAppearsDuringTheDelay_GoesByRelay()
    {
        var bench = new ContextBench(Make.Quiet, Split);
        var message = bench.Send(bench[0]);
        bench.RunFor(TimeSpan.FromSeconds(3));
        bench.Context.Table.Learn(bench.Now, Make.Info("gateway", network: 1), isPlanned: true);

        bench.RunFor(TimeSpan.FromSeconds(60));

        var sent = Assert.Single(bench.Transmitter.All);
        var relay = Assert.IsType<Relay>(sent.Message);
        Assert.Equal((new PeerId("gateway"), new PeerId("nated")), (sent.NextHop, sent.Target));
        Assert.Equal((new PeerId("self"), new PeerId("nated")), (relay.Sender, relay.Target));
        Assert.Same(message, relay.Payload);
        Assert.Empty(bench.Events.Drops);
    }

    [Fact]
    public void Failed_RelayDied_TheSameRelayMessageTakesAnotherWay()
    {
        var bench = new ContextBench(
            Make.Quiet, [Split[0], Make.Info("gatewayA", network: 1), Make.Info("gatewayB", network: 1)]);
        bench.Send(bench[0]);
        var first = bench.Transmitter.All[0].Message;
        bench.Fail(bench.Transmitter.All[0]);
        bench.Context.Table.SetStatus(bench[1], PeerStatus.Unreachable);

        bench.RunFor(TimeSpan.FromSeconds(5));

        Assert.Equal(["gatewayA", "gatewayB"], bench.Events.Sents.Select(sent => sent.To.Value));
        Assert.Same(first, bench.Transmitter.All[1].Message);
    }

    private static void FailAll(ContextBench bench, int until)
    {
        var handled = 0;
        while (true)
        {
            for (; handled < bench.Transmitter.All.Count; handled++)
            {
                bench.Fail(bench.Transmitter.All[handled]);
            }

            if (bench.Context.Timers.NextDue > TimeSpan.FromSeconds(until))
            {
                return;
            }

            bench.RunUntil(bench.Context.Timers.NextDue);
        }
    }
}
