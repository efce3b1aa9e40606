namespace Blockchain.ServiceDefaults;

/// <summary>What every service of the network answers, the Observatory too.</summary>
public static class ServiceRoutes
{
    /// <summary>Whether it is ready to serve.</summary>
    public const string Health = "/health";

    /// <summary>
    /// The option with which a service's program does not serve, but asks <see cref="Health"/> of the one that does.
    /// </summary>
    public const string HealthOption = "--health";

    /// <summary>Whether the process lives, whatever it may be waiting for.</summary>
    public const string Alive = "/alive";

    /// <summary>In the text format of Prometheus.</summary>
    public const string Metrics = "/metrics";
}
