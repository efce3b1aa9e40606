using System.Net;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Guests;

/// <summary>
/// Peers of the file that are known by what they say of themselves, since they connect from any address of this machine
/// (<c>"identify": "sender"</c>). It is nothing but their word, so it holds for these peers and this machine alone, and
/// never in a network whose peers prove who they are.
/// </summary>
public sealed class KnownBySender
{
    private readonly HashSet<PeerId> _peers;

    public KnownBySender(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _peers = plan.IsSigned
            ? []
            : [.. plan.Peers.Where(peer => peer.Program is { IsKnownBySender: true }).Select(peer => peer.Id)];
    }

    public bool Contains(PeerId id) => _peers.Contains(id);

    /// <summary>Who speaks on a stranger's connection.</summary>
    /// <param name="ip">Where it comes from.</param>
    /// <returns>
    /// Null if it stays a stranger: TX and BLOCK name who made them, which says nothing of who delivers them.
    /// </returns>
    public PeerId? SpeakerOf(string ip, Message message) =>
        _peers.Count > 0
        && message is ControlMessage { Sender: var sender }
        && _peers.Contains(sender)
        && IPAddress.TryParse(ip, out var address)
        && IPAddress.IsLoopback(address)
            ? sender
            : null;
}
