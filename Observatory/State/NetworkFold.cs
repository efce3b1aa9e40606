using System.Collections.Immutable;
using Blockchain.Shared;

namespace Blockchain.Observatory.State;

/// <summary>
/// Makes a <see cref="NetworkState"/> of events, live ones or recorded ones alike. The same events give the same state,
/// and an event that is told again changes nothing, counts excepted. For one thread at a time.
/// </summary>
public sealed class NetworkFold
{
    private readonly StateLimits _limits;
    private readonly PeerBook _peers;
    private readonly LinkBook _links;
    private readonly BlockTree _blocks;
    private readonly TrafficTimeline _traffic;
    private readonly RelayBook _relays;
    private ImmutableArray<Remark> _remarks = [];
    private ImmutableArray<ChainReorganised> _reorganisations = [];
    private TimeSpan _time;
    private long _events;
    private NetworkState? _current;

    /// <param name="planned">Peers that are told of before anybody has heard them.</param>
    public NetworkFold(IEnumerable<PeerState>? planned = null, StateLimits? limits = null)
    {
        _limits = limits ?? StateLimits.Default;
        _peers = new PeerBook(planned ?? [], _limits.Peers, _limits.Banned);
        _links = new LinkBook(_limits.Links);
        _blocks = new BlockTree(_limits.Blocks, _limits.RecentArrivals);
        _traffic = new TrafficTimeline(_limits.Buckets);
        _relays = new RelayBook(_limits.Relays);
    }

    /// <summary>The state after the events so far; the same object until the next event.</summary>
    public NetworkState Current => _current ??= new NetworkState
    {
        Time = _time,
        Events = _events,
        Peers = _peers.Snapshot(),
        Links = _links.Snapshot(),
        Blocks = _blocks.Snapshot(),
        RecentArrivals = _blocks.RecentArrivals(),
        Relays = _relays.Snapshot(),
        Traffic = _traffic.Snapshot(),
        Remarks = _remarks,
        Reorganisations = _reorganisations,
    };

    public void Apply(PeerEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is MessageTraced)
        {
            // Single messages change nothing that is not told otherwise too.
            return;
        }

        _current = null;
        _events++;
        if (happened.Time > _time)
        {
            _time = happened.Time;
        }

        switch (happened)
        {
            case PeerUp up:
                if (_peers.Up(up))
                {
                    _links.Forget(up.Peer);
                }

                break;
            case NeighbourChanged or RoundTripMeasured:
                _links.Apply(happened);
                break;
            case Remark remark:
                _remarks = Appended(_remarks, remark, _limits.Remarks);
                break;
            case MessagesRelayed relayed:
                _relays.Apply(relayed);
                _traffic.Apply(relayed);
                _peers.Apply(relayed);
                break;
            case ChainReorganised reorganised:
                _reorganisations = Appended(_reorganisations, reorganised, _limits.Reorganisations);
                _peers.Apply(reorganised);
                break;
            default:
                _blocks.Apply(happened);
                _traffic.Apply(happened);
                _peers.Apply(happened);
                break;
        }
    }

    private static ImmutableArray<T> Appended<T>(ImmutableArray<T> list, T item, int limit)
        where T : class =>
        list.Contains(item) ? list : (list.Length < limit ? list : list.RemoveAt(0)).Add(item);
}
