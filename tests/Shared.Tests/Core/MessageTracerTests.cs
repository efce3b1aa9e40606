using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>What a peer tells of its single messages.</summary>
public sealed class MessageTracerTests
{
    private static readonly PeerId Self = new("self");
    private static readonly PeerId Other = new("p00");

    private readonly List<MessageTraced> _told = [];

    private IEnumerable<(int Second, MessageStage Stage, DropReason? Reason)> Stages =>
        _told.Select(told => ((int)told.Time.TotalSeconds, told.Stage, told.Reason));

    [Fact]
    public void AMessage_ThatLeavesAtOnce_IsToldOnce()
    {
        var bench = Traced(new ContextBench(Make.Quiet, Make.Infos(1)));

        var message = bench.Send(bench[0]);

        var told = Assert.Single(_told);
        Assert.Equal(
            (Self, MessageStage.Sent, Other, MessageType.Inv, message.Key),
            (told.Peer, told.Stage, told.Other, told.Type, told.Id));
        Assert.Null(told.Origin);
    }

    [Fact]
    public void AMessage_ThatWaits_IsToldWhenItIsQueuedLeavesAndIsSent()
    {
        var settings = Make.Quiet with
        {
            Capacity = new(1, 1),
            Latency = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)),
        };
        var bench = Traced(new ContextBench(settings, Make.Infos(1)));
        bench.Send(bench[0]);
        _told.Clear();

        var second = bench.Send(bench[0]);
        bench.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [(0, MessageStage.Queued), (1, MessageStage.Left), (4, MessageStage.Sent)],
            _told.Where(told => told.Id == second.Key).Select(told => ((int)told.Time.TotalSeconds, told.Stage)));
    }

    [Fact]
    public void AMessage_ThatIsLost_IsDropped()
    {
        var bench = Traced(new ContextBench(Make.Quiet with { DropProbability = 1 }, Make.Infos(1)));

        bench.Send(bench[0]);

        Assert.Equal([(0, MessageStage.Dropped, DropReason.Loss)], Stages);
    }

    [Fact]
    public void AMessage_ThatFails_IsToldAtEachAttempt()
    {
        var bench = Traced(new ContextBench(Make.Quiet, Make.Infos(1)));
        bench.Send(bench[0]);
        for (var attempt = 0; attempt <= Make.Quiet.Retries; attempt++)
        {
            bench.Fail(bench.Transmitter.All[^1]);
            bench.RunFor(Make.Quiet.RetryDelay);
        }

        Assert.Equal(
            [
                (0, MessageStage.Sent, null), (0, MessageStage.Failed, DropReason.Unreachable),
                (5, MessageStage.Sent, null), (5, MessageStage.Failed, DropReason.Unreachable),
                (10, MessageStage.Sent, null), (10, MessageStage.Failed, DropReason.Unreachable),
                (15, MessageStage.Sent, null), (15, MessageStage.Dropped, DropReason.Unreachable),
            ],
            Stages);
    }

    [Fact]
    public void AMessage_InARelay_IsToldWithBothIds()
    {
        PeerInfo[] split = [Make.Info("nated", nat: true, network: 1), Make.Info("public", network: 1)];
        var bench = Traced(new ContextBench(Make.Quiet, split));
        var message = bench.Send(bench[0]);

        var told = Assert.Single(_told);
        Assert.Equal((new PeerId("public"), MessageType.Relay), (told.Other, told.Type));
        Assert.Equal(
            (Self, new PeerId("nated"), MessageType.Inv, message.Key),
            (told.Origin!.Value, told.Target!.Value, told.Payload!.Value, told.PayloadId!.Value));
        Assert.NotEqual(message.Key, told.Id);
    }

    [Fact]
    public void AMessage_ThatArrives_IsToldWithWhatItSays()
    {
        var bench = Traced(new PeerBench(Make.Quiet, Make.Infos(1)));

        bench.ReceiveInv(Other.Value, "a", "b");

        var told = _told[0];
        Assert.Equal((MessageStage.Received, Other, "2 blocks"), (told.Stage, told.Other, told.What));
        Assert.Equal([Make.Hash("a"), Make.Hash("b")], told.Subjects!);
        Assert.Contains(_told, asked => asked is { Stage: MessageStage.Sent, Type: MessageType.GetBlock });
    }

    [Fact]
    public void AMessage_ThatIsNotTaken_IsRefusedWithTheReason()
    {
        var bench = Traced(new PeerBench(Make.Quiet, Make.Infos(1)));
        var block = Make.Block("b", valid: false);

        bench.Receive(Other.Value, block);

        Assert.Equal([MessageStage.Received, MessageStage.Refused], _told.Select(told => told.Stage));
        Assert.Equal((block.Key, DropReason.InvalidId), (_told[1].Id, _told[1].Reason!.Value));
    }

    [Fact]
    public void Subjects_OfManyHeaders_AreTheNewest()
    {
        var headers = Enumerable.Range(0, 100).Select(i => Make.Header($"{i}")).ToArray();

        var subjects = MessageContent.SubjectsOf(new BlockHeaders(Other, headers, Make.Id(1)));

        Assert.Equal(headers[^MessageTraced.MostSubjects..].Select(header => header.Id), subjects);
    }

    [Fact]
    public void Text_OfATransaction_IsShortWhateverItsNames()
    {
        var transaction = TransactionFactory.Create(new string('x', 39) + "\U0001F600y", "b", 5, 1);

        Assert.Equal($"5 from {new string('x', 39)}… to b", MessageContent.TextOf(transaction));
    }

    [Fact]
    public void ATracer_ThatIsTakenAway_TellsNoMore()
    {
        var bench = Traced(new PeerBench(Make.Quiet, Make.Infos(1)));
        bench.Peer.Tracer = null;

        bench.ReceiveInv(Other.Value, "a");

        Assert.Empty(_told);
    }

    private ContextBench Traced(ContextBench bench)
    {
        bench.Context.Reports.Tracer = new MessageTracer(Self, _told.Add);
        return bench;
    }

    private PeerBench Traced(PeerBench bench)
    {
        bench.Peer.Tracer = new MessageTracer(Self, _told.Add);
        return bench;
    }
}
