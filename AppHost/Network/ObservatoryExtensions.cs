using System.Net;
using System.Net.Sockets;
using Blockchain.ServiceDefaults;
using Blockchain.ServiceDefaults.Http;
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
    /// <param name="isOpen">Whether everybody who reaches the page may act there, without a token.</param>
    public static IResourceBuilder<ProjectResource> AddObservatory(this BlockchainNetwork network, bool isOpen = false)
    {
        var builder = network.Builder;
        var isRun = builder.ExecutionContext.IsRunMode;
        var token = isOpen || !isRun ? null : Secrets.New();
        var port = isRun ? FreePort() : NetworkPlan.ObservatoryPort;
        var observatory = builder.AddProject<Projects.Observatory>(ServiceNames.Observatory, launchProfileName: null)
            .WithHttpEndpoint(port, port, Names.Http, isProxied: false)
            .WithEndpoint(Names.Http, http => http.TargetHost = IPAddress.Loopback.ToString())
            .WithExternalHttpEndpoints()
            .WithServices(Names.Http, [.. network.Peers.Values])
            .WithEnvironment("Observatory__File", isRun ? network.File : PeerExtensions.ContainerFile)
            .WithUrlForEndpoint(Names.Http, url =>
            {
                url.DisplayText = LinkText;
                url.Url = PathOf(token) ?? url.Url;
            })
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
                .WithEnvironment("Observatory__Open", isOpen ? "true" : "false")
                .WithHttpHealthCheck(ServiceRoutes.Health, endpointName: Names.Http)
                .OnResourceReady((resource, ready, _) => TellWhereAsync(resource, ready, PathOf(token)));
            if (token is not null)
            {
                observatory.WithEnvironment("Observatory__Token", token);
            }
        }

        return observatory;
    }

    /// <summary>
    /// In the output, and as a link in the row of each network: the dashboard orders resources by name.
    /// </summary>
    private static async Task TellWhereAsync(ProjectResource observatory, ResourceReadyEvent ready, string? path)
    {
        var url = observatory.GetEndpoint(Names.Http).Url + path;
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

    /// <summary>Where the first browser is let in; null: everywhere.</summary>
    private static string? PathOf(string? token) =>
        token is null ? null : $"{LoginRoute.Path}?{LoginRoute.Token}={token}";

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
