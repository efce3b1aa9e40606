using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Blockchain.AppHost.Network;

internal static partial class ObservatoryExtensions
{
    /// <summary>Where its pages are, if nobody else is there.</summary>
    public const int Port = 7999;

    /// <summary>Adds the page of the whole network, which follows every peer, also those that are started later.</summary>
    public static IResourceBuilder<ProjectResource> AddObservatory(this BlockchainNetwork network)
    {
        var builder = network.Builder;
        var isRun = builder.ExecutionContext.IsRunMode;
        var port = isRun ? FreePort() : Port;
        var observatory = builder.AddProject<Projects.Observatory>(Names.Observatory, launchProfileName: null)
            .WithHttpEndpoint(port, port, Names.Http, isProxied: false)
            .WithEndpoint(Names.Http, http => http.TargetHost = IPAddress.Loopback.ToString())
            .WithExternalHttpEndpoints()
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
            .WithEnvironment("Observatory__Key", network.ControlKey)
            .WithEnvironment("Observatory__File", isRun ? network.File : PeerExtensions.ContainerFile)
            .WithUrlForEndpoint(Names.Http, url => url.DisplayText = "The whole network")
            .WithIconName("Eye")
            .WithoutCertificate();
        foreach (var peer in network.Peers.Values)
            observatory.WithReference(peer.GetEndpoint(Names.Http));
        if (isRun)
            observatory.WithOwnExecutable().WithHttpHealthCheck("/health", endpointName: Names.Http).OnResourceReady(SayWhere);
        return observatory;
    }

    private static Task SayWhere(ProjectResource observatory, ResourceReadyEvent ready, CancellationToken cancellation)
    {
        var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Blockchain.Observatory");
        IsAt(logger, observatory.GetEndpoint(Names.Http).Url);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "The whole network on one page: {Url}")]
    private static partial void IsAt(ILogger logger, string url);

    private static int FreePort()
    {
        for (var port = Port; port < IPEndPoint.MaxPort; port++)
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

        throw new RefusedException($"No port from {Port} on is free.");
    }
}
