using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Blockchain.Launching;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Scenarios;

/// <summary>Plans with free ports, and addresses that no other run has.</summary>
public static class TestPlan
{
    private const int FirstHost = 10;

    /// <summary>Single only where the machine has no other loopback address than 127.0.0.1.</summary>
    public static AddressMode Addresses { get; } =
        Preflight.TryListen(new IPEndPoint(IPAddress.Parse(Address(FirstHost)), 0)) == SocketError.Success
            ? AddressMode.Own
            : AddressMode.Single;

    /// <summary>The shipped network, moved to where nothing else is; only these peers of it, or all.</summary>
    public static NetworkPlan OfShippedFile(params string[] only)
    {
        ArgumentNullException.ThrowIfNull(only);
        var shipped = PeersFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "peers.json"))).Plan!;
        if (only.Length > 0)
        {
            shipped = shipped.WithPeers(shipped.Peers.Where(peer => only.Contains(peer.Id.Value)));
        }

        var host = FirstHost;
        return FreePorts.Assign(shipped.Select(peer => peer with { Info = peer.Info with { Ip = Place(host++) } }));
    }

    private static string Place(int host) => Addresses == AddressMode.Own ? Address(host) : NetworkPlan.SingleAddress;

    // A network 127.a.b.0 for each process, so that runs beside each other do not meet.
    private static string Address(int host) => string.Create(
        CultureInfo.InvariantCulture,
        $"127.{100 + (Environment.ProcessId % 100)}.{Environment.ProcessId / 100 % 256}.{host}");
}
