using System.Text.Json.Nodes;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>What a real Prometheus finds at <c>/metrics</c>.</summary>
[Collection(ListeningGroup.Name)]
public sealed class PrometheusTests
{
    /// <summary>Everything happens soon and often.</summary>
    private const string Busy = """
        "transactionInterval": 0.2, "blockInterval": 0.2, "latency": 0.1, "dropProbability": 0.1, "pingInterval": 0.3,
        "sendLimit": 0, "inboundLimit": 0, "capacity": 0
        """;

    [Fact]
    public async Task Metrics_ScrapedByPrometheus_AreThoseOfTheTableAndThoseOfTheDashboard()
    {
        Assert.SkipUnless(Prometheus.IsInstalled, "prometheus and promtool are not on the PATH.");
        using var spans = new SpanRecorder();
        using var folder = new TestFolder();
        await using var nodes = await NodesFixture.StartAsync(["", "", """, "light": true"""], Busy);
        await ForkAsync(nodes);
        await using var prometheus = Prometheus.Start(folder, nodes.Urls);

        foreach (var (name, type, unit, tags) in TelemetryDocument.Metrics())
        {
            var family = Family(name, unit);
            var suffix = type switch { "counter" => "_total", "histogram" => "_bucket", _ => "" };
            var series = await prometheus.UntilAsync(
                $"series?match[]={family}{suffix}", data => data.AsArray().Count > 0);
            var described = (await prometheus.UntilAsync(
                $"metadata?metric={family}", data => data[family] is not null))[family]![0]!;
            Assert.Equal(
                (family, type, Word(unit)),
                (family, described["type"]!.GetValue<string>(), described["unit"]!.GetValue<string>()));
            Assert.NotEmpty(described["help"]!.GetValue<string>());
            Assert.All(series.AsArray(), one => Assert.Equal(tags.Order(), OwnLabels(one!)));
        }

        foreach (var expression in DashboardExpressions())
        {
            await prometheus.UntilAsync(
                $"query?query={Uri.EscapeDataString(expression)}", data => data["result"]!.AsArray().Count > 0);
        }
    }

    [Fact]
    public async Task Propagation_WhileBlocksAreTraced_HasExemplarsThatAreTheirTraces()
    {
        Assert.SkipUnless(Prometheus.IsInstalled, "prometheus and promtool are not on the PATH.");
        using var spans = new SpanRecorder();
        using var folder = new TestFolder();
        await using var nodes = await NodesFixture.StartAsync(["", ""]);
        await using var prometheus = Prometheus.Start(folder, nodes.Urls);
        var id = (await nodes.PostAsync(1, "mine"))["block_id"]!.GetValue<string>();

        // Nodes in one process hear each other's instruments, so that other tests' blocks may be found as well.
        await prometheus.UntilAsync(
            "query_exemplars?query=blockchain_block_propagation_seconds_bucket&start=0&end=9999999999",
            data => data.AsArray()
                .SelectMany(series => series!["exemplars"]!.AsArray())
                .Any(exemplar => exemplar!["labels"]!["trace_id"]!.GetValue<string>() == id[..32]));
    }

    [Fact]
    public async Task Metrics_LintedByPromtool_AreClean()
    {
        Assert.SkipUnless(Prometheus.IsInstalled, "prometheus and promtool are not on the PATH.");
        await using var nodes = await NodesFixture.StartAsync(["", "", """, "light": true"""], Busy);
        await ForkAsync(nodes);
        string[] awaited =
        [
            "blockchain_chain_reorganisation_bucket", "blockchain_messages_dropped_total", "blockchain_peer_round_trip",
            "blockchain_transaction_propagation",
        ];
        using var http = new HttpClient { Timeout = TestClient.Deadline };
        var page = "";
        await Eventually.BecomesAsync(
            async () =>
            {
                page = await http.GetStringAsync(
                    new Uri(nodes.Urls[0], "/metrics"), TestContext.Current.CancellationToken);
                return awaited.Where(name => !page.Contains(name, StringComparison.Ordinal)).FirstOrDefault();
            },
            null);

        var (exitCode, output) = await Prometheus.LintAsync(page);

        Assert.Equal((0, ""), (exitCode, output));
    }

    /// <summary>Has one of the two full peers change branch, which chance alone may take long for.</summary>
    private static async Task ForkAsync(NodesFixture nodes)
    {
        await LoseAsync(nodes, "1");
        foreach (var node in new[] { 1, 2, 2, 2 })
        {
            await nodes.PostAsync(node, "mine");
        }

        await LoseAsync(nodes, "0");
    }

    private static async Task LoseAsync(NodesFixture nodes, string share)
    {
        foreach (var node in new[] { 1, 2 })
        {
            await nodes.PostAsync(node, $"conditions?loss={share}");
        }
    }

    private static IEnumerable<string> DashboardExpressions() =>
        JsonNode.Parse(File.ReadAllText(
            Path.Combine(TelemetryDocument.Root, "AppHost", "Observability", "network.json")))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]!.AsArray())
            .Select(target => target!["expr"]!.GetValue<string>())
            .Select(expression => expression.Replace("$__rate_interval", "10s", StringComparison.Ordinal));

    private static string Family(string name, string unit) =>
        string.Join('_', [.. name.Split('.'), .. Word(unit) is "" ? Array.Empty<string>() : [Word(unit)]]);

    /// <summary>Prometheus' word for a UCUM unit; what stands in braces is a remark.</summary>
    private static string Word(string unit) => unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        "{message}/s" => "per_second",
        _ when unit.StartsWith('{') && unit.EndsWith('}') => "",
        _ => throw new ArgumentException($"What is {unit} in Prometheus?", nameof(unit)),
    };

    private static IEnumerable<string> OwnLabels(JsonNode series) => series.AsObject()
        .Select(label => label.Key)
        .Where(key => key is not ("__name__" or "instance" or "job" or "le" or "otel_scope_name"))
        .Order();
}
