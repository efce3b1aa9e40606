using System.Net;
using System.Net.Sockets;
using Blockchain.PeerNode.Configuration;

namespace Blockchain.PeerNode;

/// <summary>
/// Says in one line which address could not be had, since the server's own message leaves out which is which.
/// </summary>
internal static class BindProblem
{
    public static string Describe(NodeOptions options, Exception failure)
    {
        var endpoints = options.Http.Select(http => ("HTTP", http)).Prepend(("P2P", options.P2p));
        foreach (var (purpose, endpoint) in endpoints)
        {
            using var probe = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(endpoint);
                probe.Listen();
            }
            catch (SocketException e)
            {
                return $"peer {options.Plan.Id} cannot listen on {endpoint} ({purpose}): {Reason(e, endpoint)}";
            }
        }

        return $"peer {options.Plan.Id} cannot listen: {failure.Message}";
    }

    private static string Reason(SocketException e, IPEndPoint endpoint) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is taken.",
        SocketError.AccessDenied => "this user may not use this port.",
        SocketError.AddressNotAvailable =>
            $"this machine does not have the address {endpoint.Address}. On macOS: sudo ifconfig lo0 alias "
                + $"{endpoint.Address}; "
            + "or set Node:Addresses to Single.",
        _ => e.Message,
    };
}
