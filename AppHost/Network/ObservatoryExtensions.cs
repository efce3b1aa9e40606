using System.Net;
using System.Net.Sockets;
using Blockchain.ServiceDefaults;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Blockchain.AppHost.Network;

internal static partial class ObservatoryExtensions
{
    private const string LinkText = "The whole network";

    /// <summary>
    /// Adds the page of the whole network, which follows every peer, also those that are started later.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddObservatory(this BlockchainNetwork network)
    {
        var builder = network.Builder;
        var isRun = builder.ExecutionContext.IsRunMode;
        var port = isRun ? FreePort() : NetworkPlan.ObservatoryPort;
        var observatory = builder.AddProject<Projects.Observatory>(ServiceNames.Observatory, launchProfileName: null)
            .WithHttpEndpoint(port, port, Names.Http, isProxied: false)
            .WithEndpoint(Names.Http, http => http.TargetHost = IPAddress.Loopback.ToString())
            .WithExternalHttpEndpoints()
            .WithServices(Names.Http, [.. network.Peers.Values])
            .WithEnvironment("Observatory__File", isRun ? network.File : PeerExtensions.ContainerFile)
            .WithUrlForEndpoint(Names.Http, url => url.DisplayText = LinkText)
            .WithIconName("Eye")
            .WithoutCertificate();
        foreach (var parent in network.Networks)
        {
            observatory.WithReferenceRelationship(parent);
        }

        if (isRun)
        {
            foreach (var peer in network.Peers.Values)
            {
                peer.WithEnvironment("Node__Observatory", FormattableString.Invariant($"http://127.0.0.1:{port}"));
            }

            observatory.WithOwnExecutable()
                .WithControlKey("Observatory__Key", network)
                .WithHttpHealthCheck(ServiceRoutes.Health, endpointName: Names.Http)
                .OnResourceReady(TellWhere);
        }

        return observatory;
    }

    /// <summary>
    /// In the output, and as a link in the row of each network: the dashboard orders resources by name.
    /// </summary>
    private static async Task TellWhere(
        ProjectResource observatory, ResourceReadyEvent ready, CancellationToken cancellation)
    {
        var url = observatory.GetEndpoint(Names.Http).Url;
        IsAt(ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Observatory"), url);
        var link = new UrlSnapshot(ServiceNames.Observatory, url, IsInternal: false)
        {
            DisplayProperties = new(LinkText),
        };
        var notifications = ready.Services.GetRequiredService<ResourceNotificationService>();
        foreach (var network in ready.Services.GetRequiredService<BlockchainNetwork>().Networks)
        {
            await notifications.PublishUpdateAsync(network.Resource, snapshot => snapshot with { Urls = [link] });
        }
    }

    [LoggerMessage(0, LogLevel.Information, "The whole network on one page: {Url}")]
    private static partial void IsAt(ILogger logger, string url);

    private static int FreePort()
    {
        for (var port = NetworkPlan.ObservatoryPort; port < IPEndPoint.MaxPort; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody is there.
            }
        }

        throw new RefusedException($"No port from {NetworkPlan.ObservatoryPort} upwards is free.");
    }
}
