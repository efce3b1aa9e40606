using Blockchain.Events;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Events;

public sealed class PeerEventRecorderTests
{
    private static readonly PeerId Self = new("self");
    private static readonly PeerId Other = new("other");
    private static readonly TimeSpan Step = PeerEventRecorder.Interval / 2;

    private readonly List<PeerEvent> _told = [];
    private readonly PeerEventRecorder _recorder;

    public PeerEventRecorderTests() => _recorder = new PeerEventRecorder(Self, _told.Add);

    private IPeerEvents Peer => _recorder;

    [Fact]
    public void Messages_WithinTheInterval_AreToldTogether()
    {
        Peer.Redundant(TimeSpan.Zero, MessageType.Inv, Other);
        for (var i = 0; i < 100; i++)
        {
            Peer.Dropped(Step, MessageType.Tx, DropReason.Loss, Other);
            Peer.Dropped(Step, MessageType.Tx, DropReason.QueueFull, Other);
            Peer.Received(Step, Other, Make.Transaction("t"));
        }

        Assert.Equal([new MessagesRedundant(TimeSpan.Zero, Self, MessageType.Inv, 1)], _told);
        _recorder.FlushDue(Step);
        Assert.Single(_told);
        _recorder.FlushDue(2 * Step);

        Assert.Equal(
            [
                new MessagesReceived(2 * Step, Self, MessageType.Tx, 100),
                new MessagesDropped(2 * Step, Self, MessageType.Tx, DropReason.QueueFull, 100),
                new MessagesDropped(2 * Step, Self, MessageType.Tx, DropReason.Loss, 100),
            ],
            _told.Skip(1));
    }

    [Fact]
    public void Messages_AfterTheInterval_AreToldWithTheNextOne()
    {
        Peer.Redundant(TimeSpan.Zero, MessageType.Inv, Other);
        Peer.Redundant(Step, MessageType.Inv, Other);
        Peer.Redundant(3 * Step, MessageType.Inv, Other);

        Assert.Equal([1L, 2L], _told.Cast<MessagesRedundant>().Select(told => told.Count));
    }

    [Fact]
    public void Relay_ForThePeer_CountsWithWhatItCarries()
    {
        Peer.Received(TimeSpan.Zero, Other, Relay(0, 1));
        Peer.Unwrapped(TimeSpan.Zero, Other, Relay(0, 1));
        _recorder.Flush(Step);

        Assert.Equal(
            [(MessageType.Relay, 1L), (MessageType.GetPeers, 1L)],
            _told.Cast<MessagesReceived>().Select(told => (told.Type, told.Count)).OrderBy(told => told.Type));
    }

    [Fact]
    public void Flush_WithoutMessages_TellsNothing()
    {
        _recorder.Flush(TimeSpan.Zero);
        _recorder.FlushDue(2 * Step);

        Assert.Empty(_told);
    }

    [Fact]
    public void Relayed_OfManyPairs_AreToldBeforeTheyFillTheMemory()
    {
        Peer.Redundant(TimeSpan.Zero, MessageType.Inv, Other);
        for (var i = 0; i < 1_000; i++)
        {
            Peer.Relayed(Step, Relay(i, i % 300), Other);
        }

        _recorder.Flush(Step);

        var relayed = _told.OfType<MessagesRelayed>().ToArray();
        Assert.Equal(1_000, relayed.Sum(told => told.Count));
        Assert.Equal(300, relayed.Select(told => told.Origin).Distinct().Count());
    }

    /// <summary>However they are spread over time: nothing is lost or told twice, and never more often than said.</summary>
    [Fact]
    public void Messages_OfAnyRhythm_AddUp() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 12]).Array[1, 200].Sample(steps =>
        {
            var told = new List<MessagesRedundant>();
            var recorder = new PeerEventRecorder(Self, counts => told.Add((MessagesRedundant)counts));
            var now = TimeSpan.Zero;
            var expected = new long[Enum.GetValues<MessageType>().Length];
            foreach (var (pause, type) in steps)
            {
                now += pause * (PeerEventRecorder.Interval / 10);
                ((IPeerEvents)recorder).Redundant(now, (MessageType)type, Other);
                expected[type]++;
            }

            recorder.FlushDue(now + PeerEventRecorder.Interval);

            for (var type = 0; type < expected.Length; type++)
            {
                Assert.Equal(expected[type], told.Where(counts => (int)counts.Type == type).Sum(counts => counts.Count));
            }

            var times = told.Select(counts => counts.Time).Distinct().ToArray();
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= PeerEventRecorder.Interval));
        });

    [Fact]
    public void Counting_WithoutTelling_AllocatesNothing()
    {
        var transaction = Make.Transaction("t");
        Peer.Received(TimeSpan.Zero, Other, transaction);
        Peer.Received(Step, Other, transaction);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Peer.Received(Step, Other, transaction);
            Peer.Sent(Step, Other, transaction);
            Peer.Redundant(Step, MessageType.Tx, Other);
            Peer.Dropped(Step, MessageType.Tx, DropReason.Loss, Other);
            Peer.TransactionAccepted(Step, transaction, Other);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void APeer_ThatMakesABlock_TellsOfItAndOfItsChain()
    {
        var peer = RecordedPeer();

        Assert.True(peer.TryMakeBlock(TimeSpan.FromSeconds(5), out var block));

        Assert.Equal(
            [
                new BlockMade(TimeSpan.FromSeconds(5), Self, block.Id, Hash256.Genesis, 0, IsFalse: false),
                new BlockAccepted(
                    TimeSpan.FromSeconds(5), Self, block.Id, Hash256.Genesis, 1, Self, TimeSpan.FromSeconds(5), Self),
                new TipChanged(TimeSpan.FromSeconds(5), Self, block.Id, 1),
            ],
            _told.Where(told => told is BlockMade or BlockAccepted or TipChanged));
    }

    [Fact]
    public void APeer_OnAnotherBranch_TellsWhatItLeft()
    {
        var peer = RecordedPeer();
        peer.Receive(TimeSpan.Zero, Other, Make.Block("left"));
        peer.Receive(TimeSpan.Zero, Other, Make.Block("right 2", "right"));
        peer.Receive(TimeSpan.Zero, Other, Make.Block("right"));

        var change = Assert.Single(_told.OfType<ChainReorganised>());
        Assert.Equal((Make.Hash("left"), Make.Hash("right 2"), 1), (change.LeftTip, change.Tip, change.Depth));
        var orphan = Assert.Single(_told.OfType<BlockOrphaned>());
        Assert.Equal((Make.Hash("right 2"), Make.Hash("right"), Other), (orphan.Block, orphan.Parent, orphan.Via));
        Assert.Equal(Make.Hash("right 2"), _told.OfType<TipChanged>().Last().Block);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(1e300)]
    [InlineData(9e11)]
    public void ABlock_FromNoTimeOfThisEra_CanBeWritten(double timestamp)
    {
        var peer = RecordedPeer();
        var header = Make.Header("b") with { Timestamp = timestamp };
        peer.Receive(TimeSpan.Zero, Other, new Block(header, [], [], default, true));

        var told = Assert.Single(_told.OfType<BlockAccepted>());
        Assert.Equal(TimeSpan.Zero, told.Made);
        Assert.Equal(told, EventJson.Read(EventJson.Write(told)));
    }

    [Fact]
    public void ALoad_ForATime_IsToldAtBothEnds()
    {
        var peer = RecordedPeer();
        peer.Start(TimeSpan.Zero);

        Assert.True(peer.TrySetLoad(TimeSpan.FromSeconds(1), 10, TimeSpan.FromSeconds(2)));
        peer.Advance(TimeSpan.FromSeconds(3));

        var switched = _told.OfType<PeerSwitched>().ToArray();
        Assert.Equal([(1, 10), (3, 0)], switched.Select(told => ((int)told.Time.TotalSeconds, (int)told.Load)));
    }

    [Fact]
    public void Snapshot_OfAPeer_IsWhatItsEventsHaveSaid()
    {
        var peer = RecordedPeer();
        peer.Start(TimeSpan.Zero);
        peer.Receive(TimeSpan.FromSeconds(1), Other, Make.Block("a"));
        peer.Conditions = new(0.5, new(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        var blocks = peer.Ledger.Chain.Nodes.Select(node => (node, Other));

        var snapshot = PeerSnapshot.Take(peer, TimeSpan.FromSeconds(9), TimeSpan.Zero, blocks).ToArray();

        Assert.Equal(
            [
                new PeerUp(TimeSpan.FromSeconds(9), Self, false, false, -1, TimeSpan.Zero),
                new PeerSwitched(
                    TimeSpan.FromSeconds(9), Self, false, true, false, false, 0.5, TimeSpan.Zero, TimeSpan.FromSeconds(1)),
                new NeighbourChanged(TimeSpan.FromSeconds(9), Self, Other, PeerStatus.Alive),
                new BlockAccepted(
                    TimeSpan.FromSeconds(1), Self, Make.Hash("a"), Hash256.Genesis, 1, new PeerId("maker"),
                    TimeSpan.FromSeconds(1), Other),
                new TipChanged(TimeSpan.FromSeconds(9), Self, Make.Hash("a"), 1),
            ],
            snapshot);
        Assert.Contains(snapshot[3], _told);
    }

    private static Relay Relay(int id, int origin) => new(
        new PeerId($"origin {origin}"), new PeerId("target"), new GetPeers(Other, Make.Id(id)), Make.Id(id), default);

    private Peer RecordedPeer() => new(
        Make.Plan(Make.Info(Self.Value)), [Make.Info(Other.Value)], new RecordingTransmitter(), _recorder, seed: 1);
}
