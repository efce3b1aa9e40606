using System.Diagnostics;
using System.Text;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests.Telemetry;

[Collection(ListeningGroup.Name)]
public sealed class TransactionTraceTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Transaction_FromItsMakingIntoABlock_IsOneTrace()
    {
        using var spans = new SpanRecorder();
        await using var nodes = await NodesFixture.StartAsync(
            [""", "knows": ["2"]""", """, "knows": ["1", "3"]""", """, "knows": ["2"]"""],
            NodesFixture.Quiet + """, "discovery": false""");

        var id = (await nodes.PostAsync(1, "send"))["tx_id"]!.GetValue<string>();
        await nodes.UntilAsync(3, "pool", 1);
        var block = (await nodes.PostAsync(3, "mine"))["block_id"]!.GetValue<string>();
        await nodes.UntilAsync(1, "height", 1);
        var chain = await nodes.GetAsync(1, "/blocks");
        await nodes.StopAsync();

        Assert.Equal(4, spans.Of(id).Count);
        var (made, second) = (spans.Single(id, "1"), spans.Single(id, "2"));
        var third = Assert.Single(spans.Of(id), span => span.ParentSpanId == second.SpanId);
        var included = Assert.Single(spans.Of(id), span => span.OperationName == "transaction included");
        Assert.Equal(("transaction made", default), (made.OperationName, made.ParentSpanId));
        Assert.Equal(("transaction accepted", made.SpanId), (second.OperationName, second.ParentSpanId));
        Assert.Equal([0, 1, 2], new[] { made, second, third }.Select(span => (int)span.GetTagItem("blockchain.hops")!));
        Assert.Equal(third.SpanId, included.ParentSpanId);
        Assert.Equal(block, included.GetTagItem("blockchain.block.id"));
        Assert.Equal(spans.Single(block, "3").Context.SpanId, Assert.Single(included.Links).Context.SpanId);
        Assert.Null(chain[0]!["transactions"]![0]!["traceparent"]);
        Assert.Equal(id, chain[0]!["transactions"]![0]!["tx_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Transaction_WithAContextOfAForeignPeer_ContinuesIt()
    {
        using var spans = new SpanRecorder();
        await using var node = await NodeFixture.StartAsync();
        using var foreign = await node.ConnectAsync(3);
        using var other = await node.ConnectAsync(2);
        await foreign.AssertServedAsync();
        var transaction = TransactionFactory.Create("3", "1", 5, 6.5, Parent);

        await foreign.SendAsync(Encoding.UTF8.GetString(transaction.Json.Span));
        var handedOn = await other.ReceiveAsync("TX");

        var span = Assert.Single(spans.Of(Parent[3..35]));
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.Null(span.GetTagItem("blockchain.hops"));
        Assert.Equal(span.Id, handedOn["traceparent"]!.GetValue<string>());
        Assert.Equal(transaction.Id.ToString(), handedOn["tx_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Transactions_MoreThanMayBeTraced_AreAcceptedAndPassedOnAsTheyCame()
    {
        const int Sent = 500;
        using var spans = new SpanRecorder();
        await using var node = await NodeFixture.StartAsync(
            settings: """, "inboundLimit": 0, "sendLimit": 0, "capacity": 0""",
            arguments: "--Node:TransactionTraces=3");
        using var foreign = await node.ConnectAsync(3);
        await foreign.AssertServedAsync();
        var transactions = Enumerable.Range(0, Sent)
            .Select(i => TransactionFactory.Create("3", "1", i, 6.5, i % 2 == 0 ? Parent : null)).ToArray();

        var watch = Stopwatch.StartNew();
        await foreign.SendAsync(string.Join('\n', transactions.Select(one => Encoding.UTF8.GetString(one.Json.Span))));
        await Eventually.BecomesAsync(() => node.PoolAsync(), Sent);

        // Three of those that begin here and three of those that came with a context, in each second that was touched.
        var traced = transactions.Sum(one => spans.Of(one.Id.ToString()).Count) + spans.Of(Parent[3..35]).Count;
        Assert.InRange(traced, 6, 6 * ((int)watch.Elapsed.TotalSeconds + 2));
    }

    [Fact]
    public async Task Node_WithABoundThatIsNoNumber_DoesNotStart()
    {
        using var errors = new StringWriter();
        Assert.Equal(2, await NodeProgram.RunAsync(["--Node:TransactionTraces=many"], errors));
        Assert.Contains("Node:TransactionTraces is \"many\"", errors.ToString(), StringComparison.Ordinal);
    }
}
