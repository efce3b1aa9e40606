using System.Collections.Immutable;
using Blockchain.Shared;

namespace Blockchain.Observatory.State;

/// <summary>What each peer says of itself.</summary>
internal sealed class PeerBook
{
    /// <summary>That are remembered of one peer.</summary>
    private const int Runs = 16;

    private readonly Dictionary<PeerId, PeerState> _peers = [];
    private readonly List<PeerId> _order = [];
    private readonly int _limit;
    private readonly int _bannedLimit;
    private ImmutableArray<PeerState> _snapshot;

    /// <param name="bannedLimit">For each peer.</param>
    public PeerBook(IEnumerable<PeerState> planned, int limit, int bannedLimit)
    {
        _limit = limit;
        _bannedLimit = bannedLimit;
        foreach (var peer in planned)
        {
            Set(peer);
        }
    }

    public ImmutableArray<PeerState> Snapshot() => _snapshot.IsDefault
        ? _snapshot = [.. _order.Select(id => _peers[id])]
        : _snapshot;

    /// <returns>Whether it is another run of the peer than before, which knows nothing of what that knew.</returns>
    public bool Up(PeerUp up)
    {
        var before = Of(up.Peer);
        var isNewRun = before.Started != up.Started;
        var now = isNewRun ? before with { Tip = null, Height = 0, Banned = [] } : before;
        Set(now with
        {
            Presence = Presence.Up,
            Since = before.IsUp && !isNewRun ? before.Since : up.Time,
            Started = up.Started,
            Runs = isNewRun ? Begun(before.Runs, up.Started) : Ended(before.Runs, null),
            IsDescribed = true,
            Nat = up.Nat,
            Light = up.Light,
            NetworkId = up.NetworkId,
        });
        return isNewRun;
    }

    public void Apply(PeerEvent happened)
    {
        var peer = Of(happened.Peer);
        Set(happened switch
        {
            PeerDown down when peer.Presence != Presence.Down =>
                peer with { Presence = Presence.Down, Since = down.Time, Runs = Ended(peer.Runs, down.Time) },
            PeerSwitched switched => Switched(peer, switched),
            NeighbourBanned banned when peer.Banned.Count < _bannedLimit =>
                peer with { Banned = peer.Banned.Add(banned.Other) },
            NeighbourPardoned pardoned => peer with { Banned = peer.Banned.Remove(pardoned.Other) },
            MessageRefused refused => peer with { LastRefusal = refused },
            TipChanged tip => peer with { Tip = tip.Block, Height = tip.Height },
            BlockMade => peer with { BlocksMade = peer.BlocksMade + 1 },
            ChainReorganised => peer with { Reorganisations = peer.Reorganisations + 1 },
            MessagesReceived received => peer with { Received = peer.Received + received.Count },
            MessagesRedundant redundant => peer with { Redundant = peer.Redundant + redundant.Count },
            MessagesDropped dropped => peer with { Dropped = peer.Dropped + dropped.Count },
            MessagesRelayed relayed => peer with { Relayed = peer.Relayed + relayed.Count },
            _ => peer,
        });
    }

    /// <summary>One that has not been seen to end has ended by then.</summary>
    private static ImmutableArray<PeerRun> Begun(ImmutableArray<PeerRun> runs, TimeSpan from)
    {
        if (runs is [.., { To: null }])
        {
            runs = Ended(runs, from);
        }

        return (runs.Length < Runs ? runs : runs.RemoveAt(0)).Add(new PeerRun(from, null));
    }

    private static ImmutableArray<PeerRun> Ended(ImmutableArray<PeerRun> runs, TimeSpan? to) =>
        runs is [.., var last] ? runs.SetItem(runs.Length - 1, last with { To = to }) : runs;

    private static PeerState Switched(PeerState peer, PeerSwitched switched) => peer with
    {
        Malicious = switched.Malicious,
        // What a stream says at its begin was so before; since when, nobody has heard.
        MaliciousSince = peer.MaliciousSince
            ?? (!switched.Malicious ? null : switched.Time == peer.Since ? peer.Started : switched.Time),
        Generating = switched.Generating,
        CutOff = switched.CutOff,
        Paused = switched.Paused,
        Loss = switched.Loss,
        LatencyMin = switched.LatencyMin,
        LatencyMax = switched.LatencyMax,
        Load = switched.Load,
        // An older recording does not name it.
        Behaviour = switched.Malicious ? Behaviours.FalseIds : switched.Behaviour,
        Burst = switched.Burst,
        Capacity = switched.Capacity,
        Pairs = switched.Pairs,
        Blocked = switched.Blocked,
    };

    private PeerState Of(PeerId id) => _peers.TryGetValue(id, out var peer) ? peer : new PeerState(id);

    private void Set(PeerState peer)
    {
        if (!_peers.TryGetValue(peer.Id, out var before))
        {
            if (_peers.Count >= _limit)
            {
                return;
            }

            var place = _order.BinarySearch(peer.Id, PeerOrder.Instance);
            _order.Insert(~place, peer.Id);
        }
        else if (ReferenceEquals(before, peer))
        {
            return;
        }

        _peers[peer.Id] = peer;
        _snapshot = default;
    }
}
