using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Blockchain.PeerNode.Tests;

public sealed class BlockTraceTests
{
    [Fact]
    public async Task OwnBlock_WhileSomebodyListens_IsASpanOfTheTraceThatItsIdNames()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Blockchain.PeerNode",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var node = await NodeFixture.StartAsync();

        using var mine = new HttpRequestMessage(HttpMethod.Post, "/control/mine");
        mine.Headers.Add("X-Control-Key", NodeFixture.Key);
        using var mined = await node.Http.SendAsync(mine, TestContext.Current.CancellationToken);
        var answer = await mined.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var id = JsonNode.Parse(answer)!["block_id"]!.GetValue<string>();

        // Other tests' nodes are heard as well.
        var span = Assert.Single(spans, span => (string?)span.GetTagItem("blockchain.block.id") == id);
        Assert.Equal("block made", span.OperationName);
        Assert.Equal(id[..32], span.TraceId.ToHexString());
        Assert.Equal(id[32..48], span.ParentSpanId.ToHexString());
        Assert.True(span.Duration < TimeSpan.FromSeconds(5), $"{span.Duration}");
    }
}
