using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class PendingAnswersTests
{
    /// <summary>Asked three times, with two seconds for each: an asker waits for six.</summary>
    private static readonly PeerSettings Settings =
        Make.Quiet with { RequestTimeout = TimeSpan.FromSeconds(2), GossipRounds = 1, Fanout = 1 };

    private readonly PeerBench _bench = new(
        Settings, [Make.Info("a"), Make.Info("b"), Make.Info("light", light: true), Make.Info("maker")]);

    [Fact]
    public void GetBlock_OfAKnownBlock_IsAnsweredAtOnce()
    {
        var block = Make.Block("x");
        _bench.Receive("maker", block);
        _bench.ReceiveGetBlock("a", "x");
        _bench.ReceiveGetBlock("light", "x");

        Assert.Same(block, Assert.Single(_bench.Sent<Block>("a")).Message);
        Assert.Equal([block.Header], Assert.Single(_bench.Sent<BlockHeaders>("light")).Message.Headers);
        Assert.Empty(_bench.Sent<Block>("light"));
    }

    [Fact]
    public void GetBlock_OfAMissingBlock_IsAnsweredOnceWhenItArrives()
    {
        _bench.ReceiveGetBlock("a", "x");
        _bench.ReceiveGetBlock("light", "x");
        _bench.ReceiveGetBlock("a", "x");
        _bench.RunFor(5);
        Assert.Empty(_bench.Sent<Block>());

        _bench.Receive("maker", Make.Block("x"));

        Assert.Single(_bench.Sent<Block>("a"));
        Assert.Single(_bench.Sent<BlockHeaders>("light"));
        _bench.RunFor(60);
        Assert.Single(_bench.Sent<Block>());
        Assert.DoesNotContain(_bench.Events.Drops, drop => drop.Reason == DropReason.Expired);
    }

    [Fact]
    public void GetBlock_NeverArrives_ExpiresWhenTheAskerHasGivenUp()
    {
        _bench.ReceiveGetBlock("a", "x");
        _bench.RunFor(60);
        Assert.Equal(
            [(TimeSpan.FromSeconds(6), MessageType.GetBlock, DropReason.Expired, new PeerId("a"))],
            _bench.Events.Drops);
        _bench.Receive("maker", Make.Block("x"));
        Assert.Empty(_bench.Sent<Block>());
    }

    [Fact]
    public void GetBlock_ALaterAsker_WaitsAsLongItself()
    {
        _bench.ReceiveGetBlock("a", "x");
        _bench.RunFor(5);
        _bench.ReceiveGetBlock("b", "x");
        _bench.RunFor(3);

        Assert.Equal([new PeerId("a")], _bench.Events.Drops.Select(drop => drop.Peer));
        _bench.Receive("maker", Make.Block("x"));
        Assert.Equal("b", Assert.Single(_bench.Sent<Block>()).To);
    }

    [Fact]
    public void GetBlock_Orphan_IsAnsweredWhenItIsAttached()
    {
        _bench.Receive("maker", Make.Block("y", "x"));
        _bench.ReceiveGetBlock("a", "y");
        Assert.Empty(_bench.Sent<Block>());
        _bench.Receive("maker", Make.Block("x"));
        Assert.Equal(Make.Hash("y"), Assert.Single(_bench.Sent<Block>("a")).Message.Id);
    }

    [Fact]
    public void GetBlock_WithoutEnd_IsBounded()
    {
        for (var i = 0; i < 4_100; i++)
        {
            _bench.ReceiveGetBlock("a", $"x{i}");
        }

        Assert.Equal(100, _bench.Events.Drops.Count(drop => drop.Reason == DropReason.QueueFull));
    }
}
