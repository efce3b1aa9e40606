using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.Events;
using Blockchain.PeerNode.Events;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.PeerNode.Tests;

public sealed class EventsTests
{
    private static readonly PeerId Self = new("1");

    [Fact]
    public async Task Events_OfANodeWithAChain_AreItsStateAndThenWhatHappens()
    {
        await using var node = await NodeFixture.StartAsync();
        await MineAsync(node);
        await MineAsync(node);
        await using var follower = new Follower(node.Host);

        var snapshot = await follower.UntilAsync<TipChanged>();

        var up = Assert.IsType<PeerUp>(snapshot[0]);
        Assert.Equal((Self, false, false, -1), (up.Peer, up.Nat, up.Light, up.NetworkId));
        Assert.InRange(up.Time - up.Started, TimeSpan.Zero, TestClient.Deadline);
        Assert.IsType<PeerSwitched>(snapshot[1]);
        Assert.Equal(
            [("2", PeerStatus.Unknown), ("3", PeerStatus.Unknown)],
            snapshot.OfType<NeighbourChanged>().Select(other => (other.Other.Value, other.Status)));
        var blocks = snapshot.OfType<BlockAccepted>().ToArray();
        Assert.Equal([1, 2], blocks.Select(block => block.Height));
        Assert.All(blocks, block => Assert.Equal((Self, Self), (block.Maker, block.Via)));
        Assert.True(blocks[0].Time <= blocks[1].Time && blocks[1].Time <= up.Time);
        Assert.Equal((blocks[0].Block, blocks[1].Block), (blocks[1].Parent, ((TipChanged)snapshot[^1]).Block));

        var mined = await MineAsync(node);
        var live = await follower.UntilAsync<TipChanged>();

        Assert.Equal(
            ["block-made", "block-accepted", "tip-changed"],
            live.Select(EventJson.KindOf).Where(kind => kind.Contains("block") || kind.Contains("tip")));
        Assert.Equal(mined, live.OfType<BlockMade>().Single().Block.ToString());
        Assert.Equal((mined, 3), (((TipChanged)live[^1]).Block.ToString(), ((TipChanged)live[^1]).Height));
    }

    [Fact]
    public async Task Events_OfALongChain_BeginWithItsLastBlocks()
    {
        await using var node = await NodeFixture.StartAsync();
        await AskAsync(node, (peer, now) => Enumerable.Range(0, NodeEvents.RecentLimit + 50).Count(
            _ => peer.Apply(now, new Mine()).Block is not null));
        await using var follower = new Follower(node.Host);

        var blocks = (await follower.UntilAsync<TipChanged>()).OfType<BlockAccepted>().ToArray();

        Assert.Equal(Enumerable.Range(51, NodeEvents.RecentLimit), blocks.Select(block => block.Height));
    }

    [Fact]
    public async Task Block_OfOneNode_IsToldByTheOther()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var other = await node.StartPeerAsync("2");
        await using var here = new Follower(node.Host);
        await using var there = new Follower(other);
        await there.NextAsync<PeerUp>();
        await here.NextAsync<NeighbourChanged>(peer => peer is { Other.Value: "2", Status: PeerStatus.Alive });

        var mined = await MineAsync(node);

        Assert.Equal(mined, (await here.NextAsync<BlockMade>()).Block.ToString());
        var accepted = await there.NextAsync<BlockAccepted>();
        Assert.Equal(
            (mined, "2", "1", "1"),
            (accepted.Block.ToString(), accepted.Peer.Value, accepted.Maker.Value, accepted.Via.Value));
        Assert.True(accepted.Made <= accepted.Time);
        Assert.Equal(mined, (await there.NextAsync<TipChanged>()).Block.ToString());
        await there.NextAsync<MessagesReceived>(received => received.Type == MessageType.Block);
    }

    [Fact]
    public async Task Events_AtTheEndOfTheNode_EndWithIt()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var follower = new Follower(node.Host);
        await follower.NextAsync<PeerSwitched>();

        var stopping = node.Host.StopAsync();

        await follower.NextAsync<PeerDown>();
        Assert.Null(await follower.NextAsync());
        await stopping;
    }

    [Fact]
    public async Task Events_WithoutListener_AreNotRecorded()
    {
        await using var node = await NodeFixture.StartAsync();
        Assert.False(await IsRecordingAsync(node));

        await using (var follower = new Follower(node.Host))
        {
            await follower.NextAsync<PeerUp>();
            Assert.True(await IsRecordingAsync(node));
        }

        await Eventually.BecomesAsync(() => IsRecordingAsync(node), false);
    }

    [Fact]
    public async Task SingleMessages_AreToldToWhoAsksForThemOnly()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var other = await node.StartPeerAsync("2");
        await using var plain = new Follower(node.Host);
        await plain.NextAsync<NeighbourChanged>(peer => peer is { Other.Value: "2", Status: PeerStatus.Alive });
        Assert.False(await AskAsync(node, (peer, _) => peer.Tracer is not null));

        await using (var curious = new Follower(node.Host, messages: true))
        {
            await curious.NextAsync<PeerUp>();
            var mined = await MineAsync(node);

            var inv = await curious.NextAsync<MessageTraced>(
                told => told is { Type: MessageType.Inv, Other.Value: "2", Stage: MessageStage.Sent });
            var asked = await curious.NextAsync<MessageTraced>(
                told => told is { Type: MessageType.GetBlock, Other.Value: "2", Stage: MessageStage.Received });

            Assert.Equal((mined, mined), (inv.Subjects!.Single().ToString(), asked.Subjects!.Single().ToString()));
        }

        await Eventually.BecomesAsync(() => AskAsync(node, (peer, _) => peer.Tracer is not null), false);
        await MineAsync(node);
        var told = await plain.UntilAsync<BlockMade>();
        told = [.. told, .. await plain.UntilAsync<BlockMade>()];
        Assert.DoesNotContain(told, happened => happened is MessageTraced);
    }

    [Fact]
    public async Task SingleMessages_AskedForInAnotherWord_AreABadRequest()
    {
        await using var node = await NodeFixture.StartAsync();

        using var answer = await node.Http.GetAsync(
            "/events?messages=maybe", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>
    /// It reads nothing, so that what it is told piles up: in the sockets, then in its buffer, then no more.
    /// </summary>
    [Fact]
    public async Task Listener_ThatDoesNotRead_IsCutOffAndHoldsNobodyUp()
    {
        await using var node = await NodeFixture.StartAsync();
        using var known = await node.ConnectAsync(3);
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync("127.0.0.1", node.Host.Http.Port, TestContext.Current.CancellationToken);
        await deaf.SendAsync(
            "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var events = node.Host.Services.GetRequiredService<NodeEvents>();
        await Eventually.BecomesAsync(() => IsRecordingAsync(node), true);

        await Eventually.BecomesAsync(
            () => AskAsync(node, (peer, now) =>
            {
                for (var i = 0; i < EventListener.Capacity && events.Follower is not null; i++)
                {
                    peer.Apply(now, new SetPaused(false));
                }

                return events.Follower is not null;
            }),
            false);

        await EndAsync(deaf);
        await known.AssertServedAsync();
        await using var follower = new Follower(node.Host);
        await follower.NextAsync<PeerUp>();
    }

    [Fact]
    public async Task Heartbeat_IsPassedOverByWhoeverReadsEvents()
    {
        using var listener = new EventListener(IPAddress.Loopback, hasKey: false, CancellationToken.None);
        listener.Begin([new PeerDown(TimeSpan.Zero, Self)]);
        Assert.True(listener.TryBeat());
        listener.End();

        var items = new List<string>();
        await foreach (var item in listener.ReadAsync(TestContext.Current.CancellationToken))
        {
            items.Add($"{item.EventType} {EventJson.Read(item.Data)?.Peer}");
        }

        Assert.Equal(["peer-down 1", "heartbeat "], items);
    }

    [Fact]
    public void Listener_WithAFullBuffer_IsToldNoMore()
    {
        using var listener = new EventListener(IPAddress.Loopback, hasKey: false, CancellationToken.None);
        var told = 0;
        while (listener.TryTell(new PeerDown(TimeSpan.FromSeconds(told), Self)))
        {
            told++;
        }

        listener.Cut();

        Assert.Equal(EventListener.Capacity, told);
        Assert.True(listener.Aborted.IsCancellationRequested);
        Assert.False(listener.TryBeat());
    }

    /// <summary>As when its request is over, and something happens before the loop comes to its leaving.</summary>
    [Fact]
    public async Task Listener_ThatHasLeft_IsNotCutOffByWhatIsToldBeforeItsLeavingIsHandled()
    {
        await using var node = await NodeFixture.StartAsync();
        var hub = node.Host.Services.GetRequiredService<EventHub>();
        using var listener = new EventListener(IPAddress.Loopback, hasKey: false, CancellationToken.None);
        Assert.True(await hub.JoinAsync(listener, TestContext.Current.CancellationToken));

        var (leaving, isRecording) = await AskAsync(node, (peer, now) =>
        {
            var leaving = hub.LeaveAsync(listener);
            peer.Apply(now, new SetPaused(false));
            return (leaving, node.Host.Services.GetRequiredService<NodeEvents>().Follower is not null);
        });

        await leaving;
        Assert.False(isRecording);
        Assert.False(listener.Aborted.IsCancellationRequested);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(node));
    }

    [Fact]
    public async Task Stream_OnTheWire_IsServerSentEventsWithTheKindAsType()
    {
        await using var node = await NodeFixture.StartAsync();
        using var answer = await node.Http.GetAsync(
            "/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(
            await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), Encoding.UTF8);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: peer-up", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        var data = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("data: {", data);
        Assert.Equal("peer-up", JsonNode.Parse(data![6..])!["kind"]!.GetValue<string>());
        Assert.Equal(string.Empty, await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private static Task<T> AskAsync<T>(NodeFixture node, Func<Peer, TimeSpan, T> question) =>
        node.Host.Services.GetRequiredService<EventLoop>().Ask(question, TestContext.Current.CancellationToken);

    private static Task<bool> IsRecordingAsync(NodeFixture node) =>
        AskAsync(node, (_, _) => node.Host.Services.GetRequiredService<NodeEvents>().Follower is not null);

    private static async Task<string> MineAsync(NodeFixture node)
    {
        using var answer = await node.ControlAsync("mine");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(text)!["block_id"]!.GetValue<string>();
    }

    /// <summary>Passes over what has arrived until the other end has closed the connection.</summary>
    private static async Task EndAsync(Socket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestClient.Deadline);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) > 0)
            {
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(NodeFixture node)
    {
        using var answer = await node.Http.GetAsync(
            "/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
