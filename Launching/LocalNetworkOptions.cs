using Blockchain.ServiceDefaults.Http;
using Blockchain.Signing;

namespace Blockchain.Launching;

/// <summary>How a local network is run; what it is stands in its plan.</summary>
public sealed record LocalNetworkOptions
{
    public AddressMode Addresses { get; init; }

    /// <summary>
    /// Where each service's output is kept as <c>peer-ID.log</c>; null: nowhere, and they say warnings only.
    /// </summary>
    public string? LogDirectory { get; init; }

    /// <summary>
    /// The folder in which each node keeps its file; null: what the network's file says, and else they keep nothing.
    /// </summary>
    public string? Data { get; init; }

    /// <summary>What a request to a node's <c>/control</c> paths must present.</summary>
    public string ControlKey { get; init; } = Secrets.New();

    /// <summary>
    /// What lets the first browser into the Observatory; null: everybody who reaches its page may act there.
    /// </summary>
    public string? ObservatoryToken { get; init; } = Secrets.New();

    /// <summary>Where the private keys of a network whose peers sign are; null: it does not sign.</summary>
    public KeyFolder? Keys { get; init; }

    /// <summary>Where on 127.0.0.1 the Observatory listens; null: there is none.</summary>
    public int? ObservatoryPort { get; init; }

    public TelemetryTarget Telemetry { get; init; } = TelemetryTarget.None;

    /// <summary>How long a node may take to stop when asked to, before it is killed.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);
}
