using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Neighbours;

/// <summary>The peers that a peer knows, with their state; itself not among them.</summary>
public sealed class PeerTable
{
    /// <summary>Somebody with many addresses cannot fill our memory with them.</summary>
    private const int MaxPeers = 10_000;

    /// <summary>Nor can somebody with many names at one address.</summary>
    private const int MaxAtAddress = 32;

    /// <summary>Nor can a gateway with peers that are said to be behind it.</summary>
    private const int MaxBehindNat = 64;

    private readonly PeerInfo _self;
    private readonly PeerSettings _settings;
    private readonly Dictionary<PeerId, RemotePeer> _byId = [];
    private readonly List<RemotePeer> _all = [];

    /// <summary>Names that others have told us, while we try whether anybody answers to them.</summary>
    private readonly Dictionary<PeerId, RemotePeer> _heardOf = [];

    /// <summary>How many peers that are in no plan have an address.</summary>
    private readonly Dictionary<string, int> _learntAt = [];
    private readonly List<RemotePeer> _candidates = [];

    internal PeerTable(PeerInfo self, PeerSettings settings)
    {
        _self = self;
        _settings = settings;
    }

    /// <summary>Those of the plan, and those that have answered themselves.</summary>
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

    /// <summary>Also one that others have told us of, while it is being tried.</summary>
    public RemotePeer? Find(PeerId id) =>
        _byId.TryGetValue(id, out var known) || (_heardOf.Count > 0 && _heardOf.TryGetValue(id, out known))
            ? known
            : null;

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

    /// <returns>The peer; null if it was known before, or there is no room for it.</returns>
    internal RemotePeer? Learn(TimeSpan now, PeerInfo info, bool isPlanned)
    {
        if (!IsOther(info.Id) || Find(info.Id) is not null || (!isPlanned && !HasRoom(info)))
        {
            return null;
        }

        var learnt = NewPeer(now, info, isPlanned);
        Add(now, learnt);
        return learnt;
    }

    /// <summary>Notes a name that is to be tried. It is not in <see cref="All"/>.</summary>
    /// <returns>Null if somebody has this name.</returns>
    internal RemotePeer? HearOf(TimeSpan now, PeerInfo info)
    {
        if (!IsOther(info.Id) || Find(info.Id) is not null)
        {
            return null;
        }

        var named = NewPeer(now, info, isPlanned: false);
        _heardOf.Add(info.Id, named);
        return named;
    }

    /// <summary>
    /// Who makes room when there is none: one that is away or banned. Null: there is room, or all answer.
    /// </summary>
    internal RemotePeer? ToMakeRoom() => _all.Count < MaxPeers
        ? null
        : _all.Find(peer => !peer.IsPlanned && (peer.IsBanned || peer.Status == PeerStatus.Unreachable));

    /// <summary>Whether it is the name of another peer.</summary>
    internal bool IsOther(PeerId id) => id != _self.Id && !id.IsStranger;

    /// <summary>It has answered.</summary>
    /// <returns>False if there is no room for it.</returns>
    internal bool TryConfirm(TimeSpan now, RemotePeer named)
    {
        Assertions.That(!named.IsConfirmed && !named.IsForgotten, "A name is confirmed once, while it is tried.");
        if (!HasRoom(named.Info))
        {
            return false;
        }

        _heardOf.Remove(named.Id);
        Add(now, named);
        return true;
    }

    /// <summary>Takes over what a peer that is not in the plan says of itself after it moved.</summary>
    internal void Update(RemotePeer peer, PeerInfo info)
    {
        if (!peer.IsPlanned && peer.Info != info)
        {
            if (peer.IsConfirmed)
            {
                CountAt(peer.Info.Ip, -1);
                CountAt(info.Ip, 1);
            }

            peer.Info = info;
            peer.IsReachable = NetworkPlan.CanReach(_self, info);
            Version++;
        }
    }

    internal void Forget(RemotePeer peer)
    {
        peer.IsForgotten = true;
        if (!peer.IsConfirmed)
        {
            _heardOf.Remove(peer.Id);
            return;
        }

        _byId.Remove(peer.Id);
        _all.Remove(peer);
        if (!peer.IsPlanned)
        {
            CountAt(peer.Info.Ip, -1);
        }

        Version++;
    }

    internal void SetStatus(RemotePeer peer, PeerStatus status)
    {
        peer.Status = status;
        if (status == PeerStatus.Unreachable)
        {
            peer.AnswersSince = null;
            peer.IsEstablished = peer.IsPlanned;
        }

        Version++;
    }

    /// <param name="until">Null: for good.</param>
    internal void Ban(RemotePeer peer, TimeSpan? until = null)
    {
        peer.IsBanned = true;
        peer.BannedUntil = until;
        Version++;
    }

    internal void Pardon(TimeSpan now, RemotePeer peer)
    {
        peer.IsBanned = false;
        peer.BannedUntil = null;
        peer.LastHeard = now;
        Version++;
    }

    /// <summary>
    /// A random choice of at most <paramref name="count"/> usable peers that satisfy a condition. Where newcomers are
    /// in the majority, half of the choice is from the established peers, so that many names do not keep us from
    /// those. The list is used again by the next call.
    /// </summary>
    internal ReadOnlySpan<RemotePeer> Choose<TState>(
        SeededRandom random, int count, TState state, Func<RemotePeer, TState, bool> condition)
        where TState : allows ref struct
    {
        _candidates.Clear();
        var established = 0;
        foreach (var peer in _all)
        {
            if (peer.IsUsable && condition(peer, state))
            {
                _candidates.Add(peer);
                established += peer.IsEstablished ? 1 : 0;
            }
        }

        if (count < _candidates.Count)
        {
            if (established > 0 && _candidates.Count > 2 * established)
            {
                ShuffleHalves(random, count, established);
            }
            else
            {
                random.ShuffleFront(_candidates, count);
            }
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(
            _candidates)[..Math.Min(count, _candidates.Count)];
    }

    private void ShuffleHalves(SeededRandom random, int count, int established)
    {
        var newcomers = _candidates.FindAll(static peer => !peer.IsEstablished);
        _candidates.RemoveAll(static peer => !peer.IsEstablished);
        var half = (count / 2) + (count % 2 == 1 && random.Chance(0.5) ? 1 : 0);
        var kept = Math.Min(half, established);
        random.ShuffleFront(_candidates, kept);
        random.ShuffleFront(newcomers, Math.Min(count - kept, newcomers.Count));
        _candidates.RemoveRange(kept, _candidates.Count - kept);
        _candidates.AddRange(newcomers);
    }

    private RemotePeer NewPeer(TimeSpan now, PeerInfo info, bool isPlanned) =>
        new(info, isPlanned, _settings, now) { IsReachable = NetworkPlan.CanReach(_self, info) };

    private void Add(TimeSpan now, RemotePeer peer)
    {
        peer.IsConfirmed = true;
        peer.AnswersSince = now;
        _byId.Add(peer.Id, peer);
        _all.Add(peer);
        if (!peer.IsPlanned)
        {
            CountAt(peer.Info.Ip, 1);
        }

        Version++;
    }

    private void CountAt(string ip, int change)
    {
        var count = _learntAt.GetValueOrDefault(ip) + change;
        Assertions.That(count >= 0, "No more leave an address than were counted there.");
        if (count > 0)
        {
            _learntAt[ip] = count;
        }
        else
        {
            _learntAt.Remove(ip);
        }
    }

    private bool HasRoom(PeerInfo info) =>
        _all.Count < MaxPeers
        && _learntAt.GetValueOrDefault(info.Ip) < MaxAtAddress
        && (NetworkPlan.CanReach(_self, info) || CountBehindNat(info.NetworkId) < MaxBehindNat);

    private int CountBehindNat(int networkId) =>
        _all.Count(peer => !peer.IsPlanned && !peer.IsReachable && peer.Info.NetworkId == networkId);
}
