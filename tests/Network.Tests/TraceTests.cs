using Blockchain.Launching;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>What the processes of a network tell a collector together.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task Block_MinedByOneProcess_IsOneTreeOfSpansOverAll()
    {
        var stop = TestContext.Current.CancellationToken;
        var plan = TestPlan.OfShippedFile("5005", "5007", "5008", "5009", "5010").Select(peer => peer with
        {
            Settings = peer.Settings with
            {
                BlockInterval = TimeSpan.Zero,
                TransactionInterval = TimeSpan.Zero,
                SyncInterval = TimeSpan.Zero,
                DropProbability = 0,
                Fanout = 4,
            },
        });
        await using var sink = await TraceSink.StartAsync();
        await using var network = new TestNetwork(plan, new TelemetryTarget(sink.Url));
        await network.StartAsync();

        var maker = network.Local.Nodes.Single(node => node.Id.Value == "5005");
        await maker.Client.MineAsync(stop);
        var block = Assert.Single(await maker.Client.BlocksAsync(stop));
        var trace = block.BlockId[..32];
        await Eventually.HoldsAsync(
            "one span of each peer",
            () => Task.FromResult(SpansOf(sink, trace).Length == plan.Peers.Count),
            () => Task.FromResult(string.Join('\n', SpansOf(sink, trace))),
            () => Task.FromResult(string.Join('\n', sink.Spans)));

        var spans = SpansOf(sink, trace);
        Assert.Equal(
            plan.Peers.Select(peer => ServiceNames.OfPeer(peer.Id)).Order(), spans.Select(
                span => span.Service).Order());
        var root = Assert.Single(spans, span => span.Parent.Length == 0);
        Assert.Equal((ServiceNames.OfPeer(maker.Id), "block made"), (root.Service, root.Name));
        Assert.All(spans.Except([root]), span => Assert.Equal("block accepted", span.Name));
        Assert.All(spans, span => Assert.Equal(root, RootOf(span, spans)));
    }

    private static ReceivedSpan[] SpansOf(TraceSink sink, string trace) =>
        [.. sink.Spans.Where(span => span.Trace == trace)];

    /// <summary>Up from parent to parent; a parent that nobody has told of, or a circle, fails the test.</summary>
    private static ReceivedSpan RootOf(ReceivedSpan span, ReceivedSpan[] all)
    {
        foreach (var _ in all)
        {
            if (span.Parent.Length == 0)
            {
                return span;
            }

            span = Assert.Single(all, other => other.Id == span.Parent);
        }

        throw new InvalidOperationException("The spans go in a circle.");
    }
}
