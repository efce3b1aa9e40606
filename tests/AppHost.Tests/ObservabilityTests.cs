using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Observability;
using Blockchain.Launching;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>Prometheus and Grafana in the model; whether containers can run here does not matter to it.</summary>
public sealed class ObservabilityTests
{
    [Theory]
    [InlineData(ObservabilityExtensions.Prometheus)]
    [InlineData(ObservabilityExtensions.Grafana)]
    public async Task Container_InTheModel_HasAPinnedTagAndAHealthCheck(string name)
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path, network => network.AddObservability());
        var container = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(
            one => one.Name == name);
        var image = Assert.Single(container.Annotations.OfType<ContainerImageAnnotation>());
        Assert.Matches(@"^v?\d+\.\d+\.\d+$", image.Tag);
        Assert.Single(container.Annotations.OfType<HealthCheckAnnotation>());
        Assert.NotEmpty(container.Annotations.OfType<ContainerFileSystemCallbackAnnotation>());
    }

    [Fact]
    public async Task Prometheus_InTheModel_ScrapesEveryPeer()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path, network => network.AddObservability());
        var peers = AspireApp.PeersOf(app).ToArray();
        var prometheus = app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .Single(one => one.Name == ObservabilityExtensions.Prometheus);
        Assert.Equal(
            peers.Select(peer => peer.Name).Order(),
            prometheus.Annotations.OfType<ResourceRelationshipAnnotation>().Select(
                link => link.Resource.Name).Distinct().Order());

        var job = Assert.Single(Yaml.Parse(ScrapeConfiguration.Configuration).At("scrape_configs").Items());
        Assert.Equal("/metrics", job.At("metrics_path").Text());
        var list = Assert.Single(job.At("file_sd_configs").Items()).At("files").Items();
        Assert.Equal(ScrapeConfiguration.TargetsFile, Assert.Single(list).Text());
    }

    /// <summary>What the Grafana dashboard asks for, as metric names.</summary>
    internal static IEnumerable<string> DashboardMetrics() =>
        JsonNode.Parse(ObservabilityExtensions.ReadAsset("network.json"))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]!.AsArray())
            .SelectMany(target => Regex.Matches(target!["expr"]!.GetValue<string>(), "blockchain_[a-z_]+"))
            .Select(match => match.Value)
            .Distinct();
}
