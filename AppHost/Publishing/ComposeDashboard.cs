using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace Blockchain.AppHost.Publishing;

/// <summary>Aspire's dashboard as a service that only starts where its profile is asked for.</summary>
internal static class ComposeDashboard
{
    /// <summary>Of the service and of its profile.</summary>
    public const string Name = "dashboard";

    /// <summary>Where it takes telemetry by gRPC.</summary>
    public const string OtlpEndpoint = $"http://{Name}:18889";

    private const string Image = "mcr.microsoft.com/dotnet/aspire-dashboard:13.5.2";

    /// <summary>Where its page is, of the container and of this machine.</summary>
    private const string PagePort = "18888";

    /// <param name="networks">
    /// All, so that peers behind NAT reach it too. No packet and no message goes through it from one to another, and its
    /// page asks for the token that is in its log: a peer can tell it something, and ask it nothing.
    /// </param>
    public static Service Create(IEnumerable<string> networks)
    {
        var service = new Service
        {
            Name = Name,
            Image = Image,
            Networks = [.. networks],
            Profiles = [Name],
            Ports = [$"127.0.0.1:{PagePort}:{PagePort}"],
        };
        service.Confine(memory: "1G");
        return service;
    }
}
