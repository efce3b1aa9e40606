using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Recordings;

/// <summary>
/// Makes less of what a hundred peers tell by thousands a second, so that minutes of it can be kept: counts of
/// messages are added up for a while, and of the round trips of a link some are left out. All else passes as it is.
/// </summary>
internal sealed class EventThinner
{
    /// <summary>Counts are told this often. Longer, and a replay would not show relays as they come and go.</summary>
    public static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(2);

    /// <summary>Two kept round trips of a link are at least this apart.</summary>
    public static readonly TimeSpan RoundTripInterval = TimeSpan.FromSeconds(30);

    /// <summary>Different counts that are added up at a time; nodes say whose messages they pass on.</summary>
    public const int MostCounts = 20_000;

    /// <summary>Links of which the last round trip is remembered; beyond, more of them are kept than need be.</summary>
    public const int MostLinks = 100_000;

    private readonly Dictionary<CountKey, long> _counts = [];
    private readonly PeerNames _names = new();
    private readonly Dictionary<(PeerId, PeerId), TimeSpan> _measured = [];
    private TimeSpan _begun;

    private enum CountKind
    {
        Received,
        Redundant,
        Dropped,
        Relayed,
    }

    /// <returns>What is to be kept, now that this has happened.</returns>
    public IEnumerable<PeerEvent> Add(TimeSpan at, PeerEvent happened)
    {
        var isDue = _counts.Count >= MostCounts || (_counts.Count > 0 && at >= _begun + CountInterval);
        var due = isDue ? Flush(at) : [];
        switch (happened)
        {
            case MessagesReceived told:
                Count(at, new CountKey(CountKind.Received, _names.Of(told.Peer), told.Type), told.Count);
                return due;
            case MessagesRedundant told:
                Count(at, new CountKey(CountKind.Redundant, _names.Of(told.Peer), told.Type), told.Count);
                return due;
            case MessagesDropped told:
                Count(at, new CountKey(CountKind.Dropped, _names.Of(told.Peer), told.Type, told.Reason), told.Count);
                return due;
            case MessagesRelayed told:
                Count(
                    at,
                    new CountKey(
                        CountKind.Relayed,
                        _names.Of(told.Peer),
                        Origin: _names.Of(told.Origin),
                        Target: _names.Of(told.Target)),
                    told.Count);
                return due;
            case RoundTripMeasured(var time, var from, var to, var roundTrip):
                var (peer, other) = (_names.Of(from), _names.Of(to));
                if (_measured.TryGetValue((peer, other), out var last)
                    && time >= last
                    && time < last + RoundTripInterval)
                {
                    return due;
                }

                if (_measured.Count >= MostLinks)
                {
                    _measured.Clear();
                }

                _measured[(peer, other)] = time;
                return [.. due, new RoundTripMeasured(time, peer, other, roundTrip)];
            default:
                return [.. due, happened];
        }
    }

    /// <summary>What has been added up and not been told yet.</summary>
    public PeerEvent[] Pending(TimeSpan at) => [.. _counts.Select(count => count.Key.ToEvent(at, count.Value))];

    private PeerEvent[] Flush(TimeSpan at)
    {
        var counts = Pending(at);
        _counts.Clear();
        return counts;
    }

    private void Count(TimeSpan at, CountKey key, long count)
    {
        if (_counts.Count == 0)
        {
            _begun = at;
        }

        _counts[key] = _counts.GetValueOrDefault(key) + count;
    }

    private readonly record struct CountKey(
        CountKind Kind,
        PeerId Peer,
        MessageType Type = default,
        DropReason Reason = default,
        PeerId? Origin = null,
        PeerId? Target = null)
    {
        public PeerEvent ToEvent(TimeSpan at, long count) => Kind switch
        {
            CountKind.Received => new MessagesReceived(at, Peer, Type, count),
            CountKind.Redundant => new MessagesRedundant(at, Peer, Type, count),
            CountKind.Dropped => new MessagesDropped(at, Peer, Type, Reason, count),
            _ => new MessagesRelayed(at, Peer, Origin!.Value, Target!.Value, count),
        };
    }
}
