using System.Net;
using System.Net.Sockets;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>Ports on 127.0.0.1 for what runs beside a network, whose own ports are left alone.</summary>
/// <param name="plan">With the addresses that it has on this machine.</param>
public sealed class PortChoice(NetworkPlan plan)
{
    private readonly HashSet<int> _used =
        [.. plan.Peers.SelectMany(peer => new[] { peer.Info.Port, plan.HttpPort(peer.Id) })];

    /// <summary>This one if nobody has it, else the next that is free; no port is given twice.</summary>
    /// <exception cref="IOException">None is free.</exception>
    public int Next(int preferred)
    {
        for (var port = preferred; port <= IPEndPoint.MaxPort; port++)
        {
            var endpoint = new IPEndPoint(IPAddress.Loopback, port);
            if (!_used.Contains(port) && Preflight.TryListen(endpoint) == SocketError.Success)
            {
                _used.Add(port);
                return port;
            }
        }

        throw new IOException($"No port from {preferred} upwards is free.");
    }
}
