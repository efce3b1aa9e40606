using Blockchain.Events;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>What a peer tells its listener.</summary>
public sealed class PeerEventsTests
{
    private static readonly PeerId Self = new("self");
    private static readonly PeerId Other = new("other");

    private readonly RecordingEvents _events = new();

    private List<PeerEvent> Told => _events.Happenings;

    public static TheoryData<PeerCommand, Func<PeerSwitched, bool>> Switches => new()
    {
        { new SetMalicious(true), told => told is { Malicious: true, Behaviour: Behaviours.FalseIds } },
        { new SetMalicious(true, "lazy"), told => told is { Malicious: false, Behaviour: "lazy" } },
        { new SetMalicious(false, "lazy"), told => told is { Malicious: false, Behaviour: Behaviours.Honest } },
        { new SetPartition(PeerSet.Of("other", "third")), told => told.Blocked == 2 },
        { new SetGenerating(false), told => !told.Generating },
        { new SetCutOff(true), told => told.CutOff },
        { new SetPaused(true), told => told.Paused },
        { new SetConditions(0.5, null, TimeSpan.FromSeconds(9)), told => told is { Loss: 0.5, LatencyMax.Seconds: 9 } },
        { new SetConditions { Burst = 4, Capacity = 0 }, told => told is { Burst: 4, Capacity: 0, Pairs: 0 } },
        {
            new SetConditions(0.5) { To = PeerSet.Of("other", "third") },
            told => told is { Loss: 0, Pairs: 2, Capacity: null }
        },
        { new SetConditions { Clear = true }, told => told is { Loss: 0, Burst: 1 } },
        { new SetLoad(3), told => told.Load == 3 },
    };

    /// <summary>There is no other way to change a running peer, so nobody can change it unheard.</summary>
    [Theory]
    [MemberData(nameof(Switches))]
    public void Apply_ACommandThatChangesThePeer_IsTold(PeerCommand command, Func<PeerSwitched, bool> says)
    {
        Assert.Null(RecordedPeer().Apply(TimeSpan.FromSeconds(2), command).Refusal);

        var told = Assert.IsType<PeerSwitched>(Assert.Single(Told));
        Assert.Equal((TimeSpan.FromSeconds(2), Self), (told.Time, told.Peer));
        Assert.True(says(told), told.ToString());
    }

    [Fact]
    public void PeerCommands_EachButMakingSomething_IsAmongTheSwitches()
    {
        var commands = typeof(PeerCommand).Assembly.GetTypes().Where(type => type.BaseType == typeof(PeerCommand));

        Assert.Equal(
            commands.Except([typeof(Mine), typeof(Pay)]).OrderBy(type => type.Name),
            Switches.Select(row => row.Data.Item1.GetType()).Distinct().OrderBy(type => type.Name));
    }

    [Fact]
    public void Apply_ARefusedCommand_ChangesNothingAndTellsNothing()
    {
        var peer = RecordedPeer();

        Assert.NotNull(peer.Apply(TimeSpan.Zero, new SetConditions(2, null, null)).Refusal);
        Assert.NotNull(peer.Apply(TimeSpan.Zero, new SetMalicious(true, "angry")).Refusal);
        Assert.Empty(Told);
    }

    [Fact]
    public void APeer_WithoutAListener_BuildsNoEvents()
    {
        var deaf = new Deaf();
        var peer = new Peer(
            Make.Plan(Make.Info(Self.Value)), [Make.Info(Other.Value)], new RecordingTransmitter(), deaf, seed: 1);
        peer.Start(TimeSpan.Zero);
        peer.Apply(TimeSpan.Zero, new Mine());
        peer.Apply(TimeSpan.Zero, new SetPaused(true));
        peer.Receive(TimeSpan.Zero, Other, Make.Block("a"));

        Assert.True(peer.IsPaused);
    }

    [Fact]
    public void ALine_ThatIsNotAMessage_IsRefusedWithAReason()
    {
        RecordedPeer().ReceiveMalformed(TimeSpan.Zero, Other, MalformedReason.MissingField);

        var refused = Assert.IsType<MessageRefused>(Assert.Single(Told));
        Assert.Equal((DropReason.Malformed, Other), (refused.Reason, refused.Via));
        Assert.Equal("a field is missing", refused.Why);
    }

    [Fact]
    public void ARelay_ForAnotherPeer_IsCountedByItsEnds()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(2)).Start();
        var (from, to) = (new PeerId("p00"), new PeerId("p01"));
        bench.Receive("p00", new Relay(from, to, new GetPeers(from, bench.NextId()), bench.NextId(), default));

        Assert.Equal(1, bench.Peer.Counters.Relayed);
        Assert.Equal([new((from, to), 1)], bench.Peer.Counters.RelayedBy);
        Assert.Equal(1, bench.Peer.Counters.Received(MessageType.Relay));
    }

    [Fact]
    public void ABlock_WithAFalseTransaction_IsRefusedByItsName()
    {
        var right = TransactionFactory.Create("a", "b", 1, 1);
        var block = BlockFactory.Create(Other, 1, Hash256.Genesis, [right]);
        var line = System.Text.Encoding.UTF8.GetString(block.Json.Span).Replace("\"amount\": 1", "\"amount\": 2");
        Assert.Equal(
            ReadOutcome.Message,
            MessageCodec.Read(System.Text.Encoding.UTF8.GetBytes(line), out var message, out _));

        RecordedPeer().Receive(TimeSpan.Zero, Other, message!);

        var refused = Assert.Single(Told.OfType<MessageRefused>());
        Assert.Contains($"the tx_id {right.Id.Prefix} of its transaction 1", refused.Why);
        Assert.Single(Told.OfType<NeighbourOffended>());
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
            Told.Where(told => told is BlockMade or BlockAccepted or TipChanged));
    }

    [Fact]
    public void APeer_OnAnotherBranch_TellsWhatItLeft()
    {
        var peer = RecordedPeer();
        peer.Receive(TimeSpan.Zero, Other, Make.Block("left"));
        peer.Receive(TimeSpan.Zero, Other, Make.Block("right 2", "right"));
        peer.Receive(TimeSpan.Zero, Other, Make.Block("right"));

        var change = Assert.Single(Told.OfType<ChainReorganised>());
        Assert.Equal((Make.Hash("left"), Make.Hash("right 2"), 1), (change.LeftTip, change.Tip, change.Depth));
        var orphan = Assert.Single(Told.OfType<BlockOrphaned>());
        Assert.Equal((Make.Hash("right 2"), Make.Hash("right"), Other), (orphan.Block, orphan.Parent, orphan.Via));
        Assert.Equal(Make.Hash("right 2"), Told.OfType<TipChanged>().Last().Block);
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

        var told = Assert.Single(Told.OfType<BlockAccepted>());
        Assert.Equal(TimeSpan.Zero, told.Made);
        Assert.Equal(told, EventJson.Read(EventJson.Write(told)));
    }

    [Fact]
    public void ALoad_ForATime_IsToldAtBothEnds()
    {
        var peer = RecordedPeer();
        peer.Start(TimeSpan.Zero);

        peer.Apply(TimeSpan.FromSeconds(1), new SetLoad(10, TimeSpan.FromSeconds(2)));
        peer.Advance(TimeSpan.FromSeconds(3));

        var switched = Told.OfType<PeerSwitched>().ToArray();
        Assert.Equal([(1, 10), (3, 0)], switched.Select(told => ((int)told.Time.TotalSeconds, (int)told.Load)));
    }

    [Fact]
    public void Snapshot_OfAPeer_IsWhatItsEventsHaveSaid()
    {
        var peer = RecordedPeer();
        peer.Start(TimeSpan.Zero);
        peer.Receive(TimeSpan.FromSeconds(1), Other, Make.Block("a"));
        peer.Apply(TimeSpan.FromSeconds(1), new SetConditions(0.5, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        var blocks = Told.OfType<BlockAccepted>();

        var snapshot = PeerSnapshot.Take(peer, TimeSpan.FromSeconds(9), TimeSpan.Zero, blocks).ToArray();

        Assert.Equal(
            [
                new PeerUp(TimeSpan.FromSeconds(9), Self, false, false, -1, TimeSpan.Zero),
                new PeerSwitched(
                    TimeSpan.FromSeconds(9), Self, false, true, false, false, 0.5, TimeSpan.Zero, TimeSpan.FromSeconds(
                        1)),
                new NeighbourChanged(TimeSpan.FromSeconds(9), Self, Other, PeerStatus.Alive),
                new BlockAccepted(
                    TimeSpan.FromSeconds(1), Self, Make.Hash("a"), Hash256.Genesis, 1, new PeerId("maker"),
                    TimeSpan.FromSeconds(1), Other),
                new TipChanged(TimeSpan.FromSeconds(9), Self, Make.Hash("a"), 1),
            ],
            snapshot);
        Assert.Contains(snapshot[3], Told);
    }

    private Peer RecordedPeer() => new(
        Make.Plan(Make.Info(Self.Value)), [Make.Info(Other.Value)], new RecordingTransmitter(), _events, seed: 1);

    private sealed class Deaf : IPeerListener
    {
        public bool IsListening => false;

        public void Happened(PeerEvent what) => Assert.Fail($"Nobody listens to {what}.");
    }
}
