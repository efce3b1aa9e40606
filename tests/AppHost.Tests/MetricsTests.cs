namespace Blockchain.AppHost.Tests;

/// <summary>What Prometheus would find at the nodes.</summary>
[Collection(AspireRunGroup.Name)]
public sealed class MetricsTests(AspireRun run)
{
    [Fact]
    public async Task Nodes_AfterTheRun_TellEveryMetricOfTheGrafanaDashboard()
    {
        using var http = new HttpClient();
        var pages = await Task.WhenAll(run.Network.Nodes.Select(node =>
            http.GetStringAsync(new Uri(node.Client.Url, "metrics"), TestContext.Current.CancellationToken)));
        var metrics = ObservabilityTests.DashboardMetrics().ToArray();
        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.Contains(pages, page => page.Contains($"\n{metric}{{",
            StringComparison.Ordinal)));
    }
}
