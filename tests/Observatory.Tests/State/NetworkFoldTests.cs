using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.State;

public sealed class NetworkFoldTests
{
    private static readonly PeerId One = new("5000");
    private static readonly PeerId Two = new("5001");

    [Fact]
    public void Peer_UpSwitchedAndDown_IsToldAsItIs()
    {
        var story = new Story().Up("5000", nat: true, network: 2).Switched("5000", malicious: true, paused: true);

        var up = story.Fold().Peer(One)!;
        var down = story.Down("5000").Fold().Peer(One)!;

        Assert.True(up is { IsUp: true, Nat: true, NetworkId: 2, Malicious: true, Paused: true, Loss: 0.05 });
        Assert.Equal(Presence.Down, down.Presence);
        Assert.Equal(story.Now - TimeSpan.FromSeconds(1), down.Since);
    }

    [Fact]
    public void Peer_Restarted_HasForgottenWhatItKnew()
    {
        var story = new Story().Up("5000").RoundTrip("5000", "5001", 40).Made("5000", "a")
            .Accepted("5000", "a", null, 1, "5000", "5000").Tip("5000", "a", 1)
            .Tell(now => new NeighbourBanned(now, One, Two));

        var state = story.Up("5000", started: TimeSpan.FromSeconds(2_000)).Fold();

        Assert.True(state.Peer(One) is { Tip: null, Height: 0, Banned.IsEmpty: true, BlocksMade: 1 });
        Assert.Empty(state.Links);
        Assert.Single(state.Blocks);
    }

    [Fact]
    public void Stream_TakenUpAgain_ChangesNothing()
    {
        var story = Shipped();
        var once = story.Fold();

        var twice = Story.Fold([.. story.Events, .. story.Events]);

        AssertSame(once, twice);
        Assert.Equal(once.RecentArrivals.Length, twice.RecentArrivals.Length);
    }

    [Fact]
    public void State_SaidAgainAsEvents_IsTheSame()
    {
        var state = Shipped().Down("5001").Up("5001", started: TimeSpan.FromSeconds(5_000)).Down("5001").Fold();

        AssertSame(state, Story.Fold(StateEvents.Of(state)));
    }

    [Fact]
    public void Switches_ThatAPeerHas_AreInItsStateAndInWhatIsSaidAgain()
    {
        var up = Shipped().Fold();
        var switched = new PeerSwitched(
            up.Time, new PeerId("5001"), false, true, false, false, 0.5, default, default, 0, "lazy", 8, 250, 2, 3);

        var state = Story.Fold([.. StateEvents.Of(up), switched]);

        foreach (var told in (NetworkState[])[state, Story.Fold(StateEvents.Of(state))])
        {
            var peer = told.Peers.Single(one => one.Id.Value == "5001");
            Assert.Equal(
                ("lazy", 8, 250, 2, 3), (peer.Behaviour, peer.Burst, peer.Capacity, peer.Pairs, peer.Blocked));
        }
    }

    /// <summary>It was written before events named the behaviour.</summary>
    [Fact]
    public void Malicious_OfAnOldRecording_HasABehaviourThatSaysSo()
    {
        var up = Shipped().Fold();
        var switched = new PeerSwitched(up.Time, new PeerId("5001"), true, true, false, false, 0, default, default);

        var state = Story.Fold([.. StateEvents.Of(up), switched]);

        Assert.Equal("false-ids", state.Peers.Single(one => one.Id.Value == "5001").Behaviour);
    }

    [Fact]
    public void Block_SpreadsAndForks_TipsTellWhoIsWhere()
    {
        var state = Shipped().Fold();

        Assert.Equal([Story.Id("b"), Story.Id("c")], state.Tips.Select(tip => tip.Block));
        Assert.Equal([["5000", "5002"], ["5001"]], state.Tips.Select(tip => tip.Peers.Select(peer => peer.Value)));
        Assert.Equal(state.Blocks.Length, state.Blocks.Select(block => block.Slot).Distinct().Count());
        var shared = state.Block(Story.Id("a"))!;
        Assert.Equal(["5000", "5001", "5002"], shared.Arrivals.Select(arrival => arrival.Peer.Value));
        Assert.Equal(One, shared.ArrivalAt(Two)!.Via);
        Assert.Equal(3, shared.Transactions);
    }

    [Fact]
    public void Block_OrphanedThenAccepted_WaitsNoLonger()
    {
        var story = new Story().Up("5001").Tell(now =>
            new BlockOrphaned(now, Two, Story.Id("b"), Story.Id("a"), One, One));

        var waiting = story.Fold().Block(Story.Id("b"))!;
        var accepted = story.Accepted("5001", "b", "a", 2, "5000", "5000").Fold().Block(Story.Id("b"))!;

        Assert.Equal([Two], waiting.WaitingAt);
        Assert.Empty(accepted.WaitingAt);
        Assert.Equal(2, accepted.Height);
    }

    [Fact]
    public void FalseBlock_Rejected_TellsWhoFoundOut()
    {
        var state = new Story().Made("5001", "x", isFalse: true)
            .Tell(now => new BlockRejected(now, One, Story.Id("x"), Two, Two, now, "tx 3 stands in it twice"))
            .Tell(now => new MessageRefused(now, One, MessageType.Tx, DropReason.InvalidId, Two, "its tx_id is wrong"))
            .Fold();

        Assert.True(state.Block(Story.Id("x")) is { IsFalse: true, Height: 1, Arrivals.Count: 0 });
        Assert.Equal([One], state.Block(Story.Id("x"))!.RejectedBy);
        Assert.Equal("tx 3 stands in it twice", state.Block(Story.Id("x"))!.WhyRejected);
        Assert.Equal("its tx_id is wrong", state.Peer(One)!.LastRefusal!.Why);
    }

    [Fact]
    public void Blocks_BeyondTheLimit_OldestGo()
    {
        var story = new Story();
        for (var i = 1; i <= 10; i++)
        {
            story.Accepted("5000", $"b{i}", i == 1 ? null : $"b{i - 1}", i, "5000", "5000");
        }

        // The first block is told of once more, by a peer that comes late.
        story.Tell(now => new BlockAccepted(
            now, Two, Story.Id("b1"), Hash256.Genesis, 1, One, TimeSpan.FromSeconds(1_000), One));
        var state = story.Fold(new StateLimits { Blocks = 4 });

        Assert.Equal([7, 8, 9, 10], state.Blocks.Select(block => block.Height));
    }

    [Fact]
    public void Blacklist_BeyondTheLimit_GrowsNoFurther()
    {
        var story = new Story().Up("5000");
        for (var i = 0; i < 9; i++)
        {
            story.Tell(now => new NeighbourBanned(now, One, new PeerId($"@10.0.0.{i}")));
        }

        Assert.Equal(4, story.Fold(new StateLimits { Banned = 4 }).Peer(One)!.Banned.Count);
    }

    [Fact]
    public void Block_ClaimedToComeFromTheFuture_GoesLikeOthers()
    {
        var story = new Story().Tell(now => new BlockAccepted(
            now, One, Story.Id("late"), Hash256.Genesis, 1, Two, now + TimeSpan.FromDays(1), Two));
        for (var i = 1; i <= 4; i++)
        {
            story.Accepted("5000", $"b{i}", null, 1, "5000", "5000");
        }

        Assert.Null(story.Fold(new StateLimits { Blocks = 4 }).Block(Story.Id("late")));
    }

    [Fact]
    public void RoundTrips_AreSmoothed()
    {
        var link = Assert.Single(new Story().RoundTrip("5000", "5001", 80).RoundTrip("5000", "5001", 160).Fold().Links);

        Assert.Equal(TimeSpan.FromMilliseconds(90), link.RoundTrip);
    }

    [Fact]
    public void Traffic_IsCountedByTimeWithoutGaps()
    {
        var story = new Story()
            .Tell(now => new MessagesReceived(now, One, MessageType.Block, 10))
            .Tell(now => new MessagesRedundant(now, One, MessageType.Block, 4))
            .Tell(now => new MessagesDropped(now, One, MessageType.Tx, DropReason.Loss, 2))
            .Wait(12)
            .Tell(now => new MessagesRelayed(now, Two, One, new PeerId("5002"), 5))
            .Tell(now => new MessagesRelayed(now, Two, One, new PeerId("5002"), 1));

        var state = story.Fold();

        Assert.Equal([1_000, 1_005, 1_010, 1_015], state.Traffic.Select(bucket => bucket.Start.TotalSeconds));
        Assert.Equal(10, state.Traffic[0].ReceivedOf(MessageType.Block));
        Assert.Equal(4, state.Traffic[0].RedundantOf(MessageType.Block));
        Assert.Equal(2, state.Traffic[0].DroppedFor(DropReason.Loss));
        Assert.Equal(6, state.Traffic[^1].Relayed);
        Assert.Equal(6, Assert.Single(state.Relays).Count);
        Assert.True(state.Peer(One) is { Received: 10, Redundant: 4, Dropped: 2 });
    }

    [Fact]
    public void Traffic_BeyondTheLimit_OldestGoesAndStaysAway()
    {
        var story = new Story();
        for (var i = 0; i < 10; i++)
        {
            story.Wait(4).Tell(now => new MessagesReceived(now, One, MessageType.Tx, 1));
        }

        story.Tell(_ => new MessagesReceived(TimeSpan.FromSeconds(1), One, MessageType.Tx, 1));

        var traffic = story.Fold(new StateLimits { Buckets = 3 }).Traffic;

        Assert.Equal(3, traffic.Length);
        Assert.Equal(3, traffic.Sum(bucket => bucket.AllReceived));
    }

    [Fact]
    public void State_OnceMade_DoesNotChange()
    {
        var story = Shipped();
        var fold = new NetworkFold();
        foreach (var happened in story.Events)
        {
            fold.Apply(happened);
        }

        var before = fold.Current;

        fold.Apply(new PeerDown(story.Now, One));

        Assert.True(before.Peer(One)!.IsUp);
        Assert.False(fold.Current.Peer(One)!.IsUp);
        Assert.Same(fold.Current, fold.Current);
    }

    /// <summary>Three peers, a block that all have, and two that compete.</summary>
    private static Story Shipped() => new Story()
        .Up("5000").Up("5001", light: true, network: 1).Up("5002", nat: true, network: 1)
        .Switched("5000").Switched("5001", malicious: true).Switched("5002", cutOff: true)
        .RoundTrip("5000", "5001", 80).RoundTrip("5001", "5002", 20)
        .Made("5000", "a").Accepted("5000", "a", null, 1, "5000", "5000").Tip("5000", "a", 1)
        .Accepted("5001", "a", null, 1, "5000", "5000").Tip("5001", "a", 1)
        .Accepted("5002", "a", null, 1, "5000", "5001").Tip("5002", "a", 1)
        .Accepted("5000", "b", "a", 2, "5000", "5000").Tip("5000", "b", 2)
        .Accepted("5001", "c", "a", 2, "5001", "5001").Tip("5001", "c", 2)
        .Accepted("5002", "b", "a", 2, "5000", "5000").Tip("5002", "b", 2)
        .Tell(now => new NeighbourBanned(now, One, Two))
        .Tell(now => new Remark(now, Remark.Everybody, "partition"));

    private static void AssertSame(NetworkState expected, NetworkState actual)
    {
        Assert.Equal(expected.Peers.Select(Essence), actual.Peers.Select(Essence));
        Assert.Equal(
            expected.Peers.SelectMany(peer => peer.Banned), actual.Peers.SelectMany(peer => peer.Banned));
        Assert.Equal(expected.Peers.SelectMany(peer => peer.Runs), actual.Peers.SelectMany(peer => peer.Runs));
        Assert.Equal(
            expected.Links.Select(link => (link.From, link.To, link.Status, link.RoundTrip)),
            actual.Links.Select(link => (link.From, link.To, link.Status, link.RoundTrip)));
        Assert.Equal(
            expected.Blocks.Select(block => (block.Id, block.Parent, block.Height, block.Maker, block.Slot)),
            actual.Blocks.Select(block => (block.Id, block.Parent, block.Height, block.Maker, block.Slot)));
        Assert.Equal(Arrivals(expected), Arrivals(actual));
        Assert.Equal(expected.Remarks, actual.Remarks);
    }

    private static IEnumerable<object> Arrivals(NetworkState state) => state.Blocks.SelectMany(block =>
        block.Arrivals.Select(arrival => (object)(block.Id, arrival.Peer, arrival.Time)));

    private static PeerState Essence(PeerState peer) => peer with
    {
        Since = null,
        Banned = [],
        Runs = [],
        BlocksMade = 0,
    };
}
