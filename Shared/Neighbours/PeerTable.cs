using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Neighbours;

/// <summary>The peers that a peer knows, with their state; itself not among them.</summary>
public sealed class PeerTable
{
    /// <summary>Whoever sends PEERS cannot fill our memory with them.</summary>
    private const int MaxLearnt = 10_000;

    private readonly PeerInfo _self;
    private readonly PeerSettings _settings;
    private readonly Dictionary<PeerId, RemotePeer> _byId = [];
    private readonly List<RemotePeer> _all = [];
    private readonly List<RemotePeer> _candidates = [];

    /// <summary>What was remembered of peers that are not known yet, or no more.</summary>
    private Dictionary<PeerId, NeighbourRecord>? _remembered;

    internal PeerTable(PeerInfo self, PeerSettings settings)
    {
        _self = self;
        _settings = settings;
    }

    public IReadOnlyList<RemotePeer> All => _all;

    /// <summary>Whether our network is cut off from the others.</summary>
    internal bool IsCutOff
    {
        get;
        set
        {
            field = value;
            Version++;
        }
    }

    /// <summary>Another peer listens on our own address.</summary>
    internal bool SharesAddress => _all.Exists(peer => peer.Info.Ip == _self.Ip);

    /// <summary>Changes whenever a route may have changed.</summary>
    internal int Version { get; private set; }

    /// <summary>Whether a connection to it is possible now, and one from it, the two being the same.</summary>
    internal bool CanReach(RemotePeer peer) =>
        peer.IsReachable && (!IsCutOff || NetworkPlan.ShareNetwork(_self, peer.Info));

    public RemotePeer? Find(PeerId id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The one known peer at this address; null when there is none, or several share it. One of the plan comes before
    /// those that only say, or of whom others say, that they are there.
    /// </summary>
    internal RemotePeer? FindByAddress(string ip)
    {
        RemotePeer? found = null;
        var several = false;
        foreach (var peer in _all)
        {
            if (peer.Info.Ip == ip && (found is null || peer.IsPlanned || !found.IsPlanned))
            {
                several = found is not null && found.IsPlanned == peer.IsPlanned;
                found = peer;
            }
        }

        return several ? null : found;
    }

    /// <summary>Makes room for so many peers at once.</summary>
    internal void Expect(int peers)
    {
        _byId.EnsureCapacity(peers);
        _all.EnsureCapacity(peers);
    }

    /// <returns>The peer, if it was not known before.</returns>
    internal RemotePeer? Learn(TimeSpan now, PeerInfo info, bool isPlanned)
    {
        if (info.Id == _self.Id || info.Id.IsStranger || (!isPlanned && _all.Count >= MaxLearnt))
        {
            return null;
        }

        if (_byId.TryGetValue(info.Id, out var known))
        {
            return null;
        }

        known = new RemotePeer(info, isPlanned, _settings, now) { IsReachable = NetworkPlan.CanReach(_self, info) };
        if (_remembered is not null && _remembered.TryGetValue(info.Id, out var record))
        {
            known.Restore(record);
        }

        _byId.Add(info.Id, known);
        _all.Add(known);
        Version++;
        return known;
    }

    /// <summary>Takes over what a peer that is not in the plan says of itself after it moved.</summary>
    internal void Update(RemotePeer peer, PeerInfo info)
    {
        if (!peer.IsPlanned && peer.Info != info)
        {
            peer.Info = info;
            peer.IsReachable = NetworkPlan.CanReach(_self, info);
            Version++;
        }
    }

    internal void Forget(RemotePeer peer)
    {
        peer.IsForgotten = true;
        _byId.Remove(peer.Id);
        _all.Remove(peer);
        Version++;
    }

    internal void SetStatus(RemotePeer peer, PeerStatus status)
    {
        peer.Status = status;
        Version++;
    }

    internal void Ban(RemotePeer peer)
    {
        peer.IsBanned = true;
        Version++;
    }

    /// <summary>What an earlier run of this peer held against a neighbour, be it known already or not.</summary>
    internal void Restore(NeighbourRecord record)
    {
        (_remembered ??= [])[record.Peer] = record;
        Find(record.Peer)?.Restore(record);
        Version++;
    }

    /// <summary>
    /// A random choice of at most <paramref name="count"/> usable peers that satisfy a condition. The list is used
    /// again by the next call.
    /// </summary>
    internal ReadOnlySpan<RemotePeer> Choose<TState>(
        SeededRandom random, int count, TState state, Func<RemotePeer, TState, bool> condition)
        where TState : allows ref struct
    {
        _candidates.Clear();
        foreach (var peer in _all)
        {
            if (peer.IsUsable && condition(peer, state))
            {
                _candidates.Add(peer);
            }
        }

        if (count < _candidates.Count)
        {
            random.ShuffleFront(_candidates, count);
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(
            _candidates)[..Math.Min(count, _candidates.Count)];
    }
}
