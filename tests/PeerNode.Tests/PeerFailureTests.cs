using System.Net;
using Blockchain.PeerNode.Events;
using Blockchain.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.PeerNode.Tests;

/// <summary>A core that throws may have changed half of what it was to change: nobody is to see that.</summary>
public sealed class PeerFailureTests
{
    private const string Words = "a defect of the test";

    [Fact]
    public async Task Peer_ThatThrowsOnAMessage_EndsTheNodeWithItsLastWords()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var errors = new StringWriter();
        var served = NodeProgram.ServeAsync(node.Host, errors);
        using var neighbour = await node.ConnectAsync(3);
        ThrowAtNextEvent(node);

        await neighbour.SendAsync(TestClient.Hello("3", $"{node.Network}.3", 5003));

        Assert.Equal(NodeProgram.PeerFailed, await served.WaitAsync(
            TestClient.Deadline, TestContext.Current.CancellationToken));
        var lines = errors.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal($"error: peer 1 failed and ended: InvalidOperationException: {Words}", lines[^1]);
        Assert.Contains(lines, line => line.Contains(nameof(ThrowAtNextEvent), StringComparison.Ordinal));
        await neighbour.AssertClosedAsync();
        await TestClient.AssertRefusedAsync($"{node.Network}.3", node.P2p);
    }

    [Fact]
    public async Task Peer_ThatThrowsOnACommand_AnswersNothingAnyMore()
    {
        await using var node = await NodeFixture.StartAsync();
        await node.GetTextAsync("/status");
        ThrowAtNextEvent(node);

        using var command = await node.ControlAsync("pause?value=true");

        Assert.Equal(HttpStatusCode.InternalServerError, command.StatusCode);
        var loop = node.Host.Services.GetRequiredService<EventLoop>();
        await loop.Failure.WaitAsync(TestClient.Deadline, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<NodeStoppingException>(
            () => loop.Ask(peer => peer.Ledger.Chain.Height, TestContext.Current.CancellationToken));
    }

    /// <summary>The server closes its doors a moment later; who is inside until then is told nothing either.</summary>
    [Theory]
    [InlineData("/health")]
    [InlineData("/status")]
    [InlineData("/drop_stats")]
    [InlineData("/metrics")]
    [InlineData("/")]
    public async Task EveryPath_OfANodeThatHasFailed_IsUnavailable(string path)
    {
        await using var node = await NodeFixture.StartAsync();
        var loop = node.Host.Services.GetRequiredService<EventLoop>();
        ThrowAtNextEvent(node);

        await Assert.ThrowsAsync<InvalidOperationException>(() => loop.Tell(
            (peer, now) => peer.Apply(now, new SetPaused(true)), TestContext.Current.CancellationToken));
        await loop.Failure.WaitAsync(TestClient.Deadline, TestContext.Current.CancellationToken);

        using var answer = await node.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Questions_ThatWaitWhenThePeerThrows_AreRefused()
    {
        await using var node = await NodeFixture.StartAsync();
        var loop = node.Host.Services.GetRequiredService<EventLoop>();
        using var free = new ManualResetEventSlim();
        var failing = loop.Tell<int>(
            (_, _) =>
            {
                free.Wait(TestClient.Deadline, TestContext.Current.CancellationToken);
                throw new InvalidOperationException(Words);
            },
            TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(0, 3)
            .Select(_ => loop.Ask(_ => 1, TestContext.Current.CancellationToken)).ToArray();

        free.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        foreach (var question in waiting)
        {
            await Assert.ThrowsAsync<NodeStoppingException>(() => question.WaitAsync(
                TestClient.Deadline, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Question_ThatThrows_IsItsAskersProblemAlone()
    {
        await using var node = await NodeFixture.StartAsync();
        var loop = node.Host.Services.GetRequiredService<EventLoop>();

        await Assert.ThrowsAsync<KeyNotFoundException>(() => loop.Ask<int>(
            _ => throw new KeyNotFoundException(), TestContext.Current.CancellationToken));

        Assert.Equal(0, await node.HeightAsync());
        Assert.False(node.Host.Failure.IsCompleted);
    }

    private static void ThrowAtNextEvent(NodeFixture node) =>
        node.Host.Services.GetRequiredService<NodeEvents>().Follower = _ => throw new InvalidOperationException(Words);
}
