using Blockchain.Observatory.Measures;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.Measures;

public sealed class TrafficTests
{
    private static readonly PeerId Peer = new("5000");

    [Fact]
    public void Copies_OfGossip_AreReceivedForEachUsefulOne()
    {
        var story = new Story()
            .Tell(now => new MessagesReceived(now, Peer, MessageType.Inv, 30))
            .Tell(now => new MessagesRedundant(now, Peer, MessageType.Inv, 20))
            .Tell(now => new MessagesReceived(now, Peer, MessageType.Block, 10))
            .Tell(now => new MessagesReceived(now, Peer, MessageType.Ping, 1_000))
            .Wait(60)
            .Tell(now => new MessagesRedundant(now, Peer, MessageType.Tx, 5))
            .Tell(now => new MessagesReceived(now, Peer, MessageType.Tx, 5));

        var copies = GossipCopies.Of(story.Fold().Traffic);

        Assert.Equal([MessageType.Inv, MessageType.Block, MessageType.Tx, null], copies.Select(type => type.Type));
        Assert.Equal([3, 1, null, 45.0 / 20], copies.Select(type => type.PerUseful));
    }

    [Fact]
    public void Drops_OfManyReasons_KeepTheMostFrequentAndSumTheRest()
    {
        var story = new Story();
        foreach (var (reason, count) in new[]
                 {
                     (DropReason.Loss, 50), (DropReason.InvalidId, 3), (DropReason.QueueFull, 20), (DropReason.Expired,
                         1),
                 })
        {
            story.Tell(now => new MessagesDropped(now, Peer, MessageType.Inv, reason, count)).Wait(5);
        }

        var traffic = story.Fold().Traffic;
        var series = DropSeries.Of(traffic, 3);

        Assert.Equal([DropReason.Loss, DropReason.QueueFull, null], series.Select(one => one.Reason));
        Assert.Equal([50, 20, 4], series.Select(one => one.Sum));
        Assert.All(series, one => Assert.Equal(traffic.Length, one.Counts.Count));
        Assert.Equal(4, DropSeries.Of(traffic, 4).Count);
        Assert.DoesNotContain(DropSeries.Of(traffic, 4), one => one.Reason is null);
    }
}
