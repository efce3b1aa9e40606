using Blockchain.AppHost.Network;
using Blockchain.Launching;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Observability;

/// <summary>Prometheus and Grafana beside the network, for those who want more than the dashboard keeps.</summary>
internal static class ObservabilityExtensions
{
    public const string Prometheus = "prometheus";
    public const string Grafana = "grafana";

    /// <summary>What containers call this machine: Aspire, Docker, Podman.</summary>
    private const string HostOfContainers = "aspire.dev.internal;host.docker.internal;host.containers.internal";

    private const string PrometheusTag = "v3.5.0";
    private const string GrafanaTag = "12.1.1";
    private const int PrometheusPort = 9090;
    private const int GrafanaPort = 3000;

    /// <summary>
    /// As <see cref="AddObservability"/>, if containers can run here; says so in one line if they cannot.
    /// </summary>
    public static void TryAddObservability(this BlockchainNetwork network, TextWriter remarks)
    {
        if (ContainerRuntime.IsThere())
        {
            network.AddObservability();
        }
        else
        {
            remarks.WriteLine(
                "--observability: neither Docker nor Podman answers; starting without Prometheus and Grafana");
        }
    }

    /// <summary>A Prometheus that scrapes every peer, and a Grafana that shows what it has.</summary>
    public static void AddObservability(this BlockchainNetwork network)
    {
        var builder = network.Builder;
        var prometheus = builder.AddContainer(Prometheus, "prom/prometheus", PrometheusTag)
            .WithHttpEndpoint(targetPort: PrometheusPort, name: Names.Http)
            .WithHttpHealthCheck("/-/ready")
            .WithContainerFiles(
                "/etc/prometheus",
                async (_, cancellation) =>
                [
                    File(ScrapeConfiguration.ConfigurationFile, ScrapeConfiguration.Configuration),
                    File(
                        ScrapeConfiguration.TargetsFile,
                        ScrapeConfiguration.Targets(await TargetsOfAsync(network, cancellation))),
                ]);

        // The reference is what makes a process of this machine reachable from the container.
        foreach (var peer in network.Peers.Values)
        {
            prometheus.WithReference(peer.GetEndpoint(Names.Http));
            peer.WithEnvironment("AllowedHosts", HostOfContainers);
        }

        builder.AddContainer(Grafana, "grafana/grafana", GrafanaTag)
            .WithHttpEndpoint(targetPort: GrafanaPort, name: Names.Http)
            .WithHttpHealthCheck("/api/health")
            .WithEnvironment("GF_AUTH_ANONYMOUS_ENABLED", "true")
            .WithEnvironment("GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer")
            .WithEnvironment(
                "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH", "/etc/grafana/provisioning/dashboards/network.json")
            .WithEnvironment("PROMETHEUS_URL", prometheus.GetEndpoint(Names.Http))
            .WithContainerFiles("/etc/grafana/provisioning/datasources", [Asset("datasources.yaml")])
            .WithContainerFiles(
                "/etc/grafana/provisioning/dashboards", [Asset("dashboards.yaml"), Asset("network.json")])
            .WaitFor(prometheus);
    }

    /// <summary>Has the peers that run listed on this machine, for a Prometheus that is not started here.</summary>
    /// <param name="path">Of the folder for it; null: a new one among the temporary files.</param>
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static void AddScrapeList(this BlockchainNetwork network, string? path)
    {
        if (network.Builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        try
        {
            var folder = new ScrapeFolder(path);
            network.Builder.Services.AddHostedService(
                services => ActivatorUtilities.CreateInstance<ScrapeList>(services, folder));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--scrape: {problem.Message}");
        }
    }

    /// <summary>Every peer where a container sees it; completes when that is known.</summary>
    private static async Task<IReadOnlyList<ScrapeTarget>> TargetsOfAsync(
        BlockchainNetwork network, CancellationToken cancellation)
    {
        var targets = new List<ScrapeTarget>();
        foreach (var peer in network.Peers.Values)
        {
            var endpoint = peer.GetEndpoint(Names.Http, KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
            var address = await endpoint.Property(EndpointProperty.HostAndPort).GetValueAsync(cancellation);
            targets.Add(new ScrapeTarget(PeerAnnotation.Of(peer.Resource)!.Plan.Info, address!));
        }

        return targets;
    }

    /// <summary>A file that is built into this assembly.</summary>
    internal static string ReadAsset(string name)
    {
        using var stream = typeof(ObservabilityExtensions).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static ContainerFile Asset(string name) => File(name, ReadAsset(name));

    private static ContainerFile File(string name, string contents) => new() { Name = name, Contents = contents };
}
