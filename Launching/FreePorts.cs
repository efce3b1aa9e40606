using System.Net;
using System.Net.Sockets;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>Moves a plan to ports that are free, so that networks can run beside each other.</summary>
public static class FreePorts
{
    // Below the ports from which systems dial, or a connection of our own might take one before its peer starts.
    private const int First = 12_000;
    private const int Last = 29_999;

    /// <summary>
    /// The plan with a free P2P port for each peer, to which a free HTTP port belongs. Different processes begin
    /// their search in different places, so that they seldom find the same.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are not enough.</exception>
    public static NetworkPlan Assign(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var used = new HashSet<int>();
        var start = First + (Environment.ProcessId * 37 % (Last - First));
        var candidates = Enumerable.Range(0, Last - First).Select(i => First + ((start - First + i) % (Last - First)));
        using var port = candidates.GetEnumerator();
        return plan.Select(peer => peer with { Info = peer.Info with { Port = Next(IPAddress.Parse(peer.Info.Ip)) } });

        int Next(IPAddress address)
        {
            while (port.MoveNext())
            {
                var p2p = port.Current;
                var http = NetworkPlan.HttpPortOf(p2p);
                if (!used.Contains(p2p) && !used.Contains(http) && IsFree(
                    address, p2p) && IsFree(IPAddress.Loopback, http))
                {
                    used.Add(p2p);
                    used.Add(http);
                    return p2p;
                }
            }

            throw new InvalidOperationException($"No free pair of ports between {First} and {Last}.");
        }
    }

    private static bool IsFree(IPAddress address, int port) =>
        Preflight.TryListen(new IPEndPoint(address, port)) == SocketError.Success;
}
