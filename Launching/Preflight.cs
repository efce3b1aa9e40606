using System.Net;
using System.Net.Sockets;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>
/// What can be known before the first process starts: whether every address exists and every port is free.
/// </summary>
public static class Preflight
{
    /// <param name="plan">With the addresses that it has on this machine.</param>
    public static PreflightResult Check(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var missing = new List<string>();
        var taken = new List<TakenPort>();
        foreach (var peer in plan.Peers.Where(peer => !peer.ManualStart))
        {
            Try(peer, IPAddress.Parse(peer.Info.Ip), peer.Info.Port, "P2P");
            Try(peer, IPAddress.Loopback, plan.HttpPort(peer.Id), "HTTP");
        }

        return new PreflightResult(missing, taken);

        void Try(PeerPlan peer, IPAddress address, int port, string use)
        {
            var error = TryListen(new IPEndPoint(address, port));
            if (error == SocketError.AddressNotAvailable)
            {
                missing.Add(address.ToString());
            }
            else if (error != SocketError.Success)
            {
                taken.Add(new TakenPort(peer.Id, use, new IPEndPoint(address, port), error));
            }
        }
    }

    /// <summary>Whether one can listen there now; <see cref="SocketError.Success"/> if so.</summary>
    public static SocketError TryListen(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(1);
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }
}
