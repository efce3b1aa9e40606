using System.Collections.Concurrent;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Following;

/// <summary>How it stands with following each peer. For any thread.</summary>
public sealed class PeerConnections(PlannedPeers planned, LiveNetwork live)
{
    private readonly ConcurrentDictionary<PeerId, PeerConnection> _connections = new(
        planned.Peers.Select(peer => KeyValuePair.Create(
            peer.Id, new PeerConnection(peer.Id, ConnectionState.Connecting, 0, null))));

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<PeerConnection> All =>
        [.. _connections.Values.OrderBy(connection => connection.Peer, PeerOrder.Instance)];

    internal void Set(PeerConnection connection)
    {
        _connections[connection.Peer] = connection;
        live.Touch();
    }
}
