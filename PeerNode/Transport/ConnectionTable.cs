using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// The open connections and who is behind them; belongs to the event loop. When there is no room, the stranger that
/// has been silent for longest makes way, so that neither a flood of connections nor idle ones keep known peers out.
/// </summary>
internal sealed class ConnectionTable(Peer peer)
{
    public const int MaxPerAddress = 100;

    /// <summary>
    /// Two are usual, when both sides dial at the same moment; more are left from a peer that went away.
    /// </summary>
    public const int MaxPerPeer = 4;

    private readonly Dictionary<PeerId, List<PeerConnection>> _byPeer = [];
    private readonly LinkedList<PeerConnection> _strangers = new();
    private int _count;

    /// <summary>A part of all connections is kept free of strangers.</summary>
    private int MaxStrangers => Math.Max(1, peer.Plan.Settings.ConnectionLimit * 3 / 4);

    private IEnumerable<PeerConnection> All =>
        _strangers.Concat(_byPeer.Values.SelectMany(connections => connections));

    /// <summary>The youngest usable connection to a peer: an older one may be dead without having noticed.</summary>
    public PeerConnection? Find(PeerId id)
    {
        if (_byPeer.TryGetValue(id, out var connections))
        {
            for (var i = connections.Count - 1; i >= 0; i--)
            {
                if (!connections[i].IsClosing)
                {
                    return connections[i];
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Finds out whose connection this is, and lets it in or ends it. It may have said all and be closing already; what
    /// it said is still to be heard.
    /// </summary>
    public void Open(TimeSpan now, PeerConnection connection)
    {
        // An address says at least who it may be, and so whether the two can connect at all.
        connection.Peer = peer.Identify(connection.RemoteIp);
        if (peer.Admits(connection.Peer))
        {
            connection.Peer = connection.Speaker;
            Add(now, connection);
        }
        else
        {
            connection.Abort();
        }
    }

    public void Add(TimeSpan now, PeerConnection connection)
    {
        connection.LastHeard = now;
        connection.IsAdmitted = true;
        _count++;
        if (connection.Peer.IsStranger)
        {
            MakeRoomForStranger(connection.RemoteIp);
            connection.StrangerEntry = _strangers.AddLast(connection);
        }
        else
        {
            AddKnown(connection);
        }
    }

    /// <summary>A stranger said who it is.</summary>
    /// <returns>False if the connection is not to be listened to any longer.</returns>
    public bool Introduce(TimeSpan now, PeerConnection connection, Hello hello)
    {
        var id = peer.Identify(now, connection.RemoteIp, hello);
        return id.IsStranger || Become(now, connection, id);
    }

    /// <summary>The other end of a connection of a signed network has answered our challenge.</summary>
    /// <param name="isRight">Else it is somebody who would like to be that peer.</param>
    public void Prove(TimeSpan now, PeerConnection connection, PeerId claimed, bool isRight)
    {
        if (!isRight)
        {
            Drop(connection);
        }
        else if (!connection.IsProven)
        {
            connection.IsProven = true;
            if (connection.Peer != claimed)
            {
                Become(now, connection, peer.Identify(now, claimed));
            }
        }
    }

    /// <summary>A stranger's connection turns out to be a peer's.</summary>
    private bool Become(TimeSpan now, PeerConnection connection, PeerId id)
    {
        if (!peer.Admits(id))
        {
            Drop(connection);
            return false;
        }

        EndThoseElsewhere(id, connection.RemoteIp);
        Forget(connection);
        connection.Peer = id;
        Add(now, connection);
        return true;
    }

    public void Heard(TimeSpan now, PeerConnection connection)
    {
        connection.LastHeard = now;
        if (connection.StrangerEntry is { } entry)
        {
            // In the order of their last word, so that the first is the one to go.
            _strangers.Remove(entry);
            _strangers.AddLast(entry);
        }
    }

    public void Remove(PeerConnection connection)
    {
        if (connection.IsAdmitted)
        {
            Forget(connection);
        }
    }

    public void AbortAll() => DropWhere(static _ => true);

    /// <summary>Lets each connection write what waits in it, and then close.</summary>
    /// <returns>Completes when all have.</returns>
    public Task CloseAll() => Task.WhenAll([.. All.Select(connection => connection.CloseAsync())]);

    /// <summary>What the peer allows has changed.</summary>
    public void EndThoseNotAdmitted() => DropWhere(connection => !peer.Admits(connection.Peer));

    private void DropWhere(Func<PeerConnection, bool> condition)
    {
        foreach (var connection in All.Where(condition).ToArray())
        {
            Drop(connection);
        }
    }

    /// <summary>
    /// A connection that used this name before, from another address, is not of the peer that has it now.
    /// </summary>
    private void EndThoseElsewhere(PeerId id, string ip)
    {
        if (_byPeer.TryGetValue(id, out var connections))
        {
            foreach (var other in connections.Where(other => other.RemoteIp != ip).ToArray())
            {
                Drop(other);
            }
        }
    }

    private void AddKnown(PeerConnection connection)
    {
        if (!_byPeer.TryGetValue(connection.Peer, out var connections))
        {
            _byPeer.Add(connection.Peer, connections = new List<PeerConnection>(1));
        }

        connections.Add(connection);
        if (connections.Count > MaxPerPeer)
        {
            Drop(connections[0]);
        }

        if (_count > peer.Plan.Settings.ConnectionLimit)
        {
            EndThoseForgotten();
        }

        if (_count > peer.Plan.Settings.ConnectionLimit)
        {
            Drop(_strangers.First?.Value ?? connection);
        }
    }

    /// <summary>Names that were tried, and taken for nobody's although somebody accepted the connection.</summary>
    private void EndThoseForgotten()
    {
        foreach (var connections in _byPeer.Where(one => peer.Table.Find(one.Key) is null)
            .Select(one => one.Value).ToArray())
        {
            foreach (var connection in connections.ToArray())
            {
                Drop(connection);
            }
        }
    }

    private void MakeRoomForStranger(string ip)
    {
        if (_strangers.Count >= MaxStrangers)
        {
            Drop(_strangers.First!.Value);
        }

        PeerConnection? longestSilent = null;
        var sameAddress = 0;
        foreach (var stranger in _strangers)
        {
            if (stranger.RemoteIp == ip)
            {
                longestSilent ??= stranger;
                sameAddress++;
            }
        }

        if (sameAddress >= MaxPerAddress)
        {
            Drop(longestSilent!);
        }
    }

    private void Drop(PeerConnection connection)
    {
        Forget(connection);
        connection.Abort();
    }

    private void Forget(PeerConnection connection)
    {
        connection.IsAdmitted = false;
        _count--;
        if (connection.StrangerEntry is { } entry)
        {
            connection.StrangerEntry = null;
            _strangers.Remove(entry);
        }
        else if (_byPeer.TryGetValue(connection.Peer, out var connections))
        {
            connections.Remove(connection);
            if (connections.Count == 0)
            {
                _byPeer.Remove(connection.Peer);
            }
        }
    }
}
