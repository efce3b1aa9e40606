using System.Diagnostics;
using System.Net;
using Blockchain.PeerNode.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.PeerNode.Tests;

/// <summary>Listeners that go away while the loop has not come to their joining.</summary>
public sealed class EventJoinTests
{
    [Fact]
    public async Task Join_OfAListenerThatHasEnded_IsRefused()
    {
        await using var node = await NodeFixture.StartAsync();
        using var listener = new EventListener(IPAddress.Loopback, hasKey: false, CancellationToken.None);
        listener.End();

        var hub = node.Host.Services.GetRequiredService<EventHub>();
        Assert.False(await hub.JoinAsync(listener, TestContext.Current.CancellationToken));

        Assert.False(node.Host.Services.GetRequiredService<NodeEvents>().Follower is not null);
    }

    [Fact]
    public async Task Joins_AbortedWhileTheLoopIsBusy_LeaveAllPlacesFree()
    {
        // What waits may be something else too: the loop's timer, the ends of calls to peers that do not run.
        const int others = 6;
        const int requests = EventHub.MaxListeners + others + 2;
        await using var node = await NodeFixture.StartAsync();
        using var free = new ManualResetEventSlim();
        var busy = AskAsync(node, () => free.Wait(3 * TestClient.Deadline));
        try
        {
            using var abort = new CancellationTokenSource();
            var joins = Enumerable.Range(0, requests).Select(_ => GetAsync(node, abort.Token)).ToArray();
            await UntilWaitAsync(node, requests);

            await abort.CancelAsync();

            foreach (var join in joins)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join);
            }

            // Whoever joined has left as well.
            await UntilWaitAsync(node, 2 * (requests - others));
        }
        finally
        {
            free.Set();
        }

        Assert.True(await busy);
        var events = node.Host.Services.GetRequiredService<NodeEvents>();
        await Eventually.BecomesAsync(() => AskAsync(node, () => events.Follower is not null), false);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(node, TestContext.Current.CancellationToken));
    }

    private static Task<T> AskAsync<T>(NodeFixture node, Func<T> question) =>
        node.Host.Services.GetRequiredService<EventLoop>().Ask(_ => question(), TestContext.Current.CancellationToken);

    private static async Task UntilWaitAsync(NodeFixture node, int inputs)
    {
        var waiting = node.Host.Services.GetRequiredService<LoopMailbox>().Reader;
        var clock = Stopwatch.StartNew();
        while (waiting.Count < inputs)
        {
            Assert.True(clock.Elapsed < TestClient.Deadline, $"{waiting.Count} inputs wait, not {inputs}.");
            await Task.Yield();
        }
    }

    private static async Task<HttpStatusCode> GetAsync(NodeFixture node, CancellationToken cancellation)
    {
        using var answer = await node.Http.GetAsync(
            "/events", HttpCompletionOption.ResponseHeadersRead, cancellation);
        return answer.StatusCode;
    }
}
