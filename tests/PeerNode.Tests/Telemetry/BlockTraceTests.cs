using System.Diagnostics;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>One block, one trace: the tree by which the block spread.</summary>
[Collection(ListeningGroup.Name)]
public sealed class BlockTraceTests
{
    private const string SpanOfForeigner = "b7ad6b7169203331";

    [Fact]
    public async Task Block_AlongALineOfThreeNodes_IsAChainOfSpans()
    {
        using var spans = new SpanRecorder();
        await using var nodes = await NodesFixture.StartAsync(
            [""", "knows": ["2"]""", """, "knows": ["1", "3"]""", """, "knows": ["2"]"""],
            NodesFixture.Quiet + """, "discovery": false""");

        var id = (await nodes.PostAsync(1, "mine"))["block_id"]!.GetValue<string>();
        await nodes.UntilAsync(3, "height", 1);
        await nodes.StopAsync();

        Assert.Equal(3, spans.Of(id).Count);
        var (made, second, third) = (spans.Single(id, "1"), spans.Single(id, "2"), spans.Single(id, "3"));
        Assert.Equal(["block made", "block accepted", "block accepted"], Names(made, second, third));
        Assert.Equal(default, made.ParentSpanId);
        Assert.Equal(made.SpanId, second.ParentSpanId);
        Assert.Equal(second.SpanId, third.ParentSpanId);
        Assert.Equal([0, 1, 2], Tags(SpanTag.Hops, made, second, third));
        Assert.Equal(["1", "1", "2"], Tags(SpanTag.From, made, second, third));
        Assert.Equal([id, id, id], Tags("blockchain.block.id", made, second, third));
        Assert.Contains(made.Events, e => e.Name == "block asked for");
        Assert.All([made, second, third], span => Assert.InRange(span.Duration.TotalSeconds, 1e-7, 5));
    }

    [Fact]
    public async Task Block_ThroughARelay_HasItsOriginAsParentNotTheRelay()
    {
        // The light gateway could not announce it, so 3 has it from 1.
        using var spans = new SpanRecorder();
        await using var nodes = await NodesFixture.StartAsync(
            ["", """, "light": true, "localnetworkid": 7""", """, "nat": true, "localnetworkid": 7"""]);

        var id = (await nodes.PostAsync(1, "mine"))["block_id"]!.GetValue<string>();
        await nodes.UntilAsync(3, "height", 1);
        await nodes.StopAsync();

        var (made, behind) = (spans.Single(id, "1"), spans.Single(id, "3"));
        Assert.Equal(made.SpanId, behind.ParentSpanId);
        Assert.Equal([1], Tags(SpanTag.Hops, behind));
        Assert.Equal(("1", "2"), (behind.GetTagItem(SpanTag.From), behind.GetTagItem(SpanTag.Via)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("nonsense", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-" + SpanOfForeigner + "-01", false)]
    [InlineData("00-{trace}-" + SpanOfForeigner + "-01", true)]
    public async Task Block_OfAForeignPeer_HasTheContextThatItAnnouncedIfThatIsItsTrace(string? parent, bool isParent)
    {
        using var spans = new SpanRecorder();
        await using var node = await NodeFixture.StartAsync();
        using var foreign = await node.ConnectAsync(3);
        await foreign.AssertServedAsync();
        var block = BlockOf("3", Hash256.Genesis);
        var (id, line) = (block.Id.ToString(), Line(block));

        await foreign.SendAsync(Inventory(id, parent?.Replace("{trace}", id[..32], StringComparison.Ordinal)));
        var asked = await foreign.ReceiveAsync("GETBLOCK");
        await foreign.SendAsync(line);
        await Eventually.BecomesAsync(() => node.HeightAsync(), 1);
        await foreign.SendAsync(line);
        await foreign.SendAsync(Inventory(id, null));
        await foreign.AssertServedAsync();
        await node.Host.DisposeAsync();

        var span = Assert.Single(spans.Of(id));
        Assert.Equal(id[..32], span.TraceId.ToHexString());
        Assert.Equal(isParent ? SpanOfForeigner : "0000000000000000", span.ParentSpanId.ToHexString());
        Assert.Equal(isParent ? 6 : null, span.GetTagItem(SpanTag.Hops));
        Assert.Equal(isParent ? $"00-{id[..32]}-{SpanOfForeigner}-01" : null, asked["traceparent"]?.GetValue<string>());
        Assert.Equal([1], Tags("blockchain.block.duplicates", span));
        Assert.Equal([1], Tags("blockchain.block.announcements", span));
    }

    [Fact]
    public async Task Orphan_LetInByItsParent_HasWhoeverDeliveredIt()
    {
        using var spans = new SpanRecorder();
        await using var node = await NodeFixture.StartAsync();
        using var second = await node.ConnectAsync(2);
        using var third = await node.ConnectAsync(3);
        await third.AssertServedAsync();
        var parentBlock = BlockOf("2", Hash256.Genesis);
        var childBlock = BlockOf("3", parentBlock.Id);
        var (parent, child) = (parentBlock.Id.ToString(), childBlock.Id.ToString());

        await third.SendAsync(Inventory(child, $"00-{child[..32]}-{SpanOfForeigner}-01"));
        await third.ReceiveAsync("GETBLOCK");
        await third.SendAsync(Line(childBlock));
        await third.AssertServedAsync();
        await second.SendAsync(Line(parentBlock));
        await Eventually.BecomesAsync(() => node.HeightAsync(), 2);
        await node.Host.DisposeAsync();

        Assert.Equal("2", Assert.Single(spans.Of(parent)).GetTagItem(SpanTag.From));
        var attached = Assert.Single(spans.Of(child));
        Assert.Equal("3", attached.GetTagItem(SpanTag.From));
        Assert.Equal(SpanOfForeigner, attached.ParentSpanId.ToHexString());
    }

    [Fact]
    public async Task Announcement_WhileNobodyListens_HasNoContext()
    {
        await using var node = await NodeFixture.StartAsync();
        using var foreign = await node.ConnectAsync(3);
        await foreign.AssertServedAsync();

        await node.PostAsync("mine");
        Assert.Null((await foreign.ReceiveAsync("INV"))["traceparent"]);
    }

    private static string Inventory(string id, string? parent) =>
        $$"""{"type": "INV", "sender": "3", "block_ids": ["{{id}}"], "message_id": "{{Guid.NewGuid()}}" """
        + (parent is null ? "}" : $", \"traceparent\": \"{parent}\", \"tracestate\": \"blockchain=hops:5,x=y\"}}");

    private static Block BlockOf(string maker, Hash256 previous) => BlockFactory.Create(
        new PeerId(maker), DateTime.UtcNow.Subtract(DateTime.UnixEpoch).TotalSeconds, previous, []);

    private static string Line(Block block) => Encoding.UTF8.GetString(block.Json.Span);

    private static string[] Names(params Activity[] spans) => Array.ConvertAll(spans, span => span.OperationName);

    private static object?[] Tags(string tag, params Activity[] spans) =>
        Array.ConvertAll(spans, span => span.GetTagItem(tag));

    private static class SpanTag
    {
        public const string Hops = "blockchain.hops";
        public const string From = "blockchain.from";
        public const string Via = "blockchain.via";
    }
}
