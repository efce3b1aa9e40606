using System.Net;
using Blockchain.NodeApi;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blockchain.Observatory.Tests.Following;

public sealed class FollowersTests
{
    private static readonly PeerId One = new("5000");

    [Fact]
    public async Task Peer_LostAndBack_IsDownMeanwhileAndFollowedAgain()
    {
        var node = await FakeNode.StartAsync();
        var port = node.Port;
        await using var host = await Host.StartAsync($"--services:peer-5000:http:0={node.Url}");
        node.Tell(new Story().Up("5000").Switched("5000").Events);
        await UntilAsync(host, peer => peer.IsUp);

        await node.DisposeAsync();
        await UntilAsync(host, peer => peer.Presence == Presence.Down);
        await Wait.UntilAsync(
            () => Connection(host) is { State: ConnectionState.Waiting, Problem: not null }, () => Tell(host));

        await using var again = await FakeNode.StartAsync(port);
        again.Tell(new Story(2_000).Up("5000", started: TimeSpan.FromSeconds(1_999)).Events);
        await UntilAsync(host, peer => peer.IsUp);
        Assert.True(Connection(host) is { State: ConnectionState.Following, Failures: 0, Problem: null }, Tell(host));
        Assert.Equal(1, again.Streams);
    }

    [Fact]
    public async Task Peer_SpeakingOfOthers_IsNotBelieved()
    {
        await using var node = await FakeNode.StartAsync();
        await using var host = await Host.StartAsync($"--services:peer-5000:http:0={node.Url}");

        node.Tell([.. new Story().Up("5001").Events, .. new Story().Up("5000").Events]);
        await UntilAsync(host, peer => peer.IsUp);

        Assert.Null(host.Live.Current.Peer(new PeerId("5001")));
    }

    [Fact]
    public async Task Peer_NeverUp_IsShownAsPlannedWithTheReason()
    {
        var free = await FakeNode.StartAsync();
        var url = free.Url;
        await free.DisposeAsync();
        using var file = new TestFile("""
            { "peers": {
                "5000": { "ip": "127.0.0.1", "port": 5000, "light": true, "localnetworkid": 3 },
                "5001": { "ip": "127.0.0.2", "port": 5001 } } }
            """);
        await using var host = await Host.StartAsync(
            $"--services:peer-5000:http:0={url}", "--services:prometheus:http:0=http://127.0.0.1:1",
            $"--Observatory:File={file.Path}");

        await Wait.UntilAsync(() => Connection(host) is { State: ConnectionState.Waiting }, () => Tell(host));
        var page = WebUtility.HtmlDecode(await host.Http.GetStringAsync(
            new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));

        var peer = Assert.Single(host.Live.Current.Peers);
        Assert.True(peer is { Presence: Presence.Unknown, Light: true, NetworkId: 3 });
        Assert.Contains("Waiting for peer-5000 – last error: Connection refused", page, StringComparison.Ordinal);
        Assert.Contains("data-peer=\"5000\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follower_AfterAFailureThatNobodyExpected_ComesBack()
    {
        var handler = new FailingHandler();
        using var http = new HttpClient(handler);
        await using var live = new LiveNetwork(TimeProvider.System);
        var connections = new PeerConnections(new PlannedPeers([new PeerState(One)], null), live);
        using var stop = new CancellationTokenSource();
        var follower = new PeerFollower(
            One, new Uri("http://peer-5000"), new EventClient(http), live, connections, TimeProvider.System,
            NullLogger.Instance);

        var run = follower.RunAsync(stop.Token);
        await Wait.UntilAsync(() => handler.Calls > 1, () => $"{run.Status} after {handler.Calls}");

        Assert.Equal("Nobody thought of this.", connections.All.Single().Problem);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public void Pause_AfterMoreFailures_IsLongerUpToALimit()
    {
        var pauses = Enumerable.Range(0, 50).Select(PeerFollower.PauseAfter).ToArray();

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(PeerFollower.ShortestPause, PeerFollower.PauseAfter(1));
        Assert.Equal(PeerFollower.LongestPause, pauses[^1]);
    }

    private static PeerConnection Connection(Host host) =>
        host.Get<PeerConnections>().All.Single(connection => connection.Peer == One);

    private static string Tell(Host host) => $"{Connection(host)}; {host.Live.Current.Peer(One)}";

    private static Task UntilAsync(Host host, Func<PeerState, bool> condition) => Wait.UntilAsync(
        () => host.Live.Current.Peer(One) is { } peer && condition(peer), () => Tell(host));

    private sealed class FailingHandler : HttpMessageHandler
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            throw new InvalidOperationException("Nobody thought of this.");
        }
    }
}
