using System.Diagnostics;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>From a planned peer to the process that is this peer.</summary>
public static class NodeLaunch
{
    /// <param name="file">The <c>peers.json</c> that the node reads.</param>
    /// <param name="url">Where its pages are to be.</param>
    public static ProcessStartInfo StartInfo(
        NodeExecutable executable, PeerPlan peer, string file, Uri url, LocalNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(executable);
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(options);
        var start = executable.StartAt(url);
        var environment = start.Environment;
        environment["Node__Id"] = peer.Id.Value;
        environment["Node__File"] = Path.GetFullPath(file);
        environment["Node__Addresses"] = options.Addresses.ToString();
        environment["Node__Data"] = options.Data is { } data ? Path.GetFullPath(data) : null;
        environment["Node__Key"] = options.ControlKey;
        environment["Node__Observatory"] = options.ObservatoryPort is { } port ? $"http://127.0.0.1:{port}" : null;
        options.Telemetry.ApplyTo(start, ServiceNames.OfPeer(peer.Id), options.LogDirectory is not null);
        return start;
    }
}
