using System.Net.Sockets;

namespace Blockchain.Launching;

/// <summary>What stands in the way of a start.</summary>
/// <param name="MissingAddresses">Addresses that this machine does not have.</param>
/// <param name="TakenPorts">Ports that somebody else listens on, or that this user may not listen on.</param>
public sealed record PreflightResult(IReadOnlyList<string> MissingAddresses, IReadOnlyList<TakenPort> TakenPorts)
{
    public bool IsClear => MissingAddresses.Count == 0 && TakenPorts.Count == 0;

    /// <summary>What to tell the user, a line each.</summary>
    /// <param name="onOneAddress">What runs all peers on one address.</param>
    public IEnumerable<string> Explain(string onOneAddress = "--addresses single")
    {
        if (MissingAddresses.Count > 0)
        {
            yield return $"This machine does not have {MissingAddresses.Count} of the peers' addresses, "
                + "as macOS does by default. Add them:";
            foreach (var address in MissingAddresses.Distinct())
            {
                yield return $"  sudo ifconfig lo0 alias {address} up";
            }

            yield return $"or run all peers on 127.0.0.1 with: {onOneAddress}";
        }
        else if (TakenPorts is [var first, ..])
        {
            var others = TakenPorts.Count > 1
                ? $" (and {TakenPorts.Count - 1} more: is a network running already?)"
                : "";
            var reason = first.Error == SocketError.AccessDenied
                ? "may not be used by this user"
                : "is taken by another process";
            yield return $"{first.Use} port {first.Endpoint} of peer {first.Peer} {reason}{others}.";
        }
    }
}
