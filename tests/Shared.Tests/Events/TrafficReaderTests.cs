using Blockchain.Events;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Events;

public sealed class TrafficReaderTests
{
    private static readonly PeerId Self = new("self");
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(7);

    private readonly PeerCounters _counters = new();

    [Fact]
    public void Take_AfterMessages_TellsHowManyOfEachKind()
    {
        _counters.CountRedundant(MessageType.Inv);
        var reader = new TrafficReader(Self, _counters);
        for (var i = 0; i < 100; i++)
        {
            _counters.CountReceived(MessageType.Tx);
            _counters.CountRedundant(MessageType.Tx);
            _counters.CountDropped(MessageType.Tx, DropReason.Loss);
            _counters.CountDropped(MessageType.Tx, DropReason.QueueFull);
            _counters.CountRelayed(new PeerId("a"), new PeerId("b"));
        }

        Assert.Equal(
            [
                new MessagesReceived(Now, Self, MessageType.Tx, 100),
                new MessagesRedundant(Now, Self, MessageType.Tx, 100),
                new MessagesDropped(Now, Self, MessageType.Tx, DropReason.QueueFull, 100),
                new MessagesDropped(Now, Self, MessageType.Tx, DropReason.Loss, 100),
                new MessagesRelayed(Now, Self, new PeerId("a"), new PeerId("b"), 100),
            ],
            reader.Take(Now));
        Assert.Empty(reader.Take(Now));
    }

    [Fact]
    public void Skip_LeavesOutWhatWasCountedBefore()
    {
        var reader = new TrafficReader(Self, _counters);
        _counters.CountReceived(MessageType.Inv);
        reader.Skip();
        _counters.CountReceived(MessageType.Ping);

        Assert.Equal([new MessagesReceived(Now, Self, MessageType.Ping, 1)], reader.Take(Now));
    }

    [Fact]
    public void Relayed_OfMorePairsThanAreKept_CountInTheTotal()
    {
        for (var i = 0; i < 2 * PeerCounters.MaxRelayedPairs; i++)
        {
            _counters.CountRelayed(new PeerId($"origin {i}"), new PeerId("b"));
        }

        Assert.Equal(2 * PeerCounters.MaxRelayedPairs, _counters.Relayed);
        Assert.Equal(PeerCounters.MaxRelayedPairs, _counters.RelayedBy.Count);
    }

    /// <summary>However the takings fall among the messages: nothing is lost or told twice.</summary>
    [Fact]
    public void Take_AtAnyTimes_AddsUp() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 12]).Array[1, 200].Sample(steps =>
        {
            var counters = new PeerCounters();
            var reader = new TrafficReader(Self, counters);
            var told = new List<PeerEvent>();
            foreach (var (takes, type) in steps)
            {
                counters.CountRedundant((MessageType)type);
                if (takes)
                {
                    told.AddRange(reader.Take(Now));
                }
            }

            told.AddRange(reader.Take(Now));
            var sums = told.Cast<MessagesRedundant>().GroupBy(one => one.Type)
                .ToDictionary(one => one.Key, one => one.Sum(redundant => redundant.Count));
            foreach (var group in steps.GroupBy(step => (MessageType)step.Item2))
            {
                Assert.Equal(group.Count(), sums[group.Key]);
            }
        });

    [Fact]
    public void Counting_AllocatesNothing()
    {
        var transaction = Make.Transaction("t");
        var reports = new PeerReports(Self, new RecordingEvents(), messages: null, _counters);
        var transmission = new Transmission(
            new RemotePeer(Make.Info("other"), isPlanned: true, Make.Quiet, Now), transaction);
        reports.Received(Now, Self, transaction);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            reports.Received(Now, Self, transaction);
            reports.Sent(Now, transmission);
            reports.Redundant(Now, MessageType.Tx, Self);
            reports.Dropped(Now, MessageType.Tx, DropReason.Loss, Self);
            reports.Dropped(Now, transmission, DropReason.Loss);
            reports.TransactionAccepted(Now, transaction, Self);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
