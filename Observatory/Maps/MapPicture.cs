using Blockchain.Observatory.Acting;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;

namespace Blockchain.Observatory.Maps;

/// <summary>All that is on the map, made of the state of a network.</summary>
public sealed class MapPicture
{
    /// <summary>With more peers, links are drawn for the selected peer only: nobody can see thousands.</summary>
    public const int MaxPeersWithAllLinks = 30;

    private static readonly TimeSpan RelayShownFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Medium = TimeSpan.FromMilliseconds(200);

    private readonly NetworkState _state;
    private readonly MapLayout _layout;
    private readonly PeerId? _selected;
    private readonly Dictionary<PeerId, int> _bannedBy = [];
    private readonly HashSet<PeerId> _relays = [];
    private readonly HashSet<(PeerId, PeerId)> _relayed = [];

    public MapPicture(NetworkState state, MapLayout layout, PeerId? selected)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(layout);
        (_state, _layout, _selected) = (state, layout, selected);
        foreach (var banned in state.Peers.SelectMany(peer => peer.Banned))
        {
            _bannedBy[banned] = _bannedBy.GetValueOrDefault(banned) + 1;
        }

        FindRelays();
        Peers = [.. state.Peers.Where(peer => layout.Points.ContainsKey(peer.Id)).Select(MarkOf)];
        Links = FindLinks();
        Areas = [.. layout.Areas.Select(MarkOf)];
    }

    public IReadOnlyList<PeerMark> Peers { get; }

    public IReadOnlyList<LinkMark> Links { get; }

    public IReadOnlyList<AreaMark> Areas { get; }

    /// <summary>Whether only the links of the selected peer are drawn.</summary>
    public bool HasSelectedLinksOnly => _state.Peers.Length > MaxPeersWithAllLinks;

    private static (PeerId, PeerId) Pair(PeerId one, PeerId other) =>
        one.CompareTo(other) < 0 ? (one, other) : (other, one);

    private bool CanReach(PeerId one, PeerId other) =>
        _state.Peer(one) is { } from && _state.Peer(other) is { } to && NetworkPlan.CanReach(from.Info, to.Info);

    /// <summary>Where two gateways pass a message on one after the other, it goes between them as well.</summary>
    private void FindRelays()
    {
        var active = _state.Relays.Where(relay => relay.Last > _state.Time - RelayShownFor)
            .GroupBy(relay => (relay.Origin, relay.Target));
        foreach (var way in active)
        {
            var relays = way.Select(relay => relay.Relay).ToArray();
            _relays.UnionWith(relays);
            var stations = (PeerId[])[way.Key.Origin, .. relays, way.Key.Target];
            if (HasSelectedLinksOnly && !(_selected is { } chosen && stations.Contains(chosen)))
            {
                continue;
            }

            _relayed.UnionWith(
                from one in stations
                from other in stations
                where one.CompareTo(other) < 0 && CanReach(one, other)
                select (one, other));
        }
    }

    private PeerMark MarkOf(PeerState peer)
    {
        var tip = peer.Tip is { } id ? _state.Block(id) : null;
        return new PeerMark(
            peer.Id,
            _layout.Points[peer.Id],
            _layout.PeerRadius,
            peer switch
            {
                { Presence: Presence.Down } => PeerLook.Down,
                { Presence: Presence.Unknown } => PeerLook.Unknown,
                { Paused: true } => PeerLook.Paused,
                _ => PeerLook.Up,
            },
            peer.Light,
            peer.Nat,
            peer.Malicious,
            peer.CutOff,
            _relays.Contains(peer.Id),
            peer.Id == _selected,
            peer.IsUp ? tip?.Mark : null,
            tip?.ShortId,
            peer.Height,
            _bannedBy.GetValueOrDefault(peer.Id));
    }

    private LinkMark[] FindLinks()
    {
        var pairs = new Dictionary<(PeerId, PeerId), (LinkState? There, LinkState? Back)>();
        foreach (var link in _state.Links)
        {
            if (HasSelectedLinksOnly && link.From != _selected && link.To != _selected)
            {
                continue;
            }

            if (!CanReach(link.From, link.To))
            {
                continue;
            }

            var pair = Pair(link.From, link.To);
            var known = pairs.GetValueOrDefault(pair);
            pairs[pair] = pair.Item1 == link.From ? (link, known.Back) : (known.There, link);
        }

        foreach (var pair in _relayed)
        {
            pairs.TryAdd(pair, default);
        }

        return
        [
            .. pairs
                .Where(pair => _layout.Points.ContainsKey(pair.Key.Item1) && _layout.Points.ContainsKey(pair.Key.Item2))
                .Select(pair => new LinkMark(
                    pair.Key.Item1,
                    pair.Key.Item2,
                    _layout.Points[pair.Key.Item1],
                    _layout.Points[pair.Key.Item2],
                    LookOf(pair.Key, pair.Value.There, pair.Value.Back),
                    _relayed.Contains(pair.Key)))
                .OrderBy(link => link.One).ThenBy(link => link.Other),
        ];
    }

    private LinkLook LookOf((PeerId One, PeerId Other) pair, LinkState? there, LinkState? back)
    {
        if (HasBanned(pair.One, pair.Other) || HasBanned(pair.Other, pair.One))
        {
            return LinkLook.Banned;
        }

        if (there?.Status == PeerStatus.Unreachable || back?.Status == PeerStatus.Unreachable
            || _state.Peer(pair.One) is not { IsUp: true } one || _state.Peer(pair.Other) is not { IsUp: true } other
            || ((one.CutOff || other.CutOff) && !NetworkPlan.ShareNetwork(one.Info, other.Info)))
        {
            return LinkLook.Broken;
        }

        var measured = ((TimeSpan?[])[there?.RoundTrip, back?.RoundTrip]).OfType<TimeSpan>().ToArray();
        if (measured.Length == 0)
        {
            return LinkLook.Unmeasured;
        }

        var roundTrip = measured.Aggregate((sum, next) => sum + next) / measured.Length;
        return roundTrip < Fast ? LinkLook.Fast : roundTrip < Medium ? LinkLook.Medium : LinkLook.Slow;
    }

    private bool HasBanned(PeerId one, PeerId other) => _state.Peer(one)?.Banned.Contains(other) == true;

    private AreaMark MarkOf(MapArea area)
    {
        var up = _state.Peers.Where(peer => peer.NetworkId == area.NetworkId && peer.IsUp).ToArray();
        return new AreaMark(area, NetworkActs.NameOf(area.NetworkId), up.Length > 0 && up.All(peer => peer.CutOff));
    }
}
