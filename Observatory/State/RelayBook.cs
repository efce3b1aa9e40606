using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Observation;

namespace Blockchain.Observatory.State;

/// <summary>Who passes on whose messages.</summary>
internal sealed class RelayBook(int limit)
{
    private readonly Dictionary<(PeerId Relay, PeerId Origin, PeerId Target), RelayState> _relays = [];
    private ImmutableArray<RelayState> _snapshot;

    public ImmutableArray<RelayState> Snapshot() => _snapshot.IsDefault
        ? _snapshot = [.. _relays.Values]
        : _snapshot;

    public void Apply(MessagesRelayed relayed)
    {
        var key = (relayed.Peer, relayed.Origin, relayed.Target);
        if (!_relays.TryGetValue(key, out var before))
        {
            if (_relays.Count >= limit)
                _relays.Remove(_relays.MinBy(relay => relay.Value.Last).Key);
            before = new RelayState(relayed.Peer, relayed.Origin, relayed.Target, 0, relayed.Time);
        }

        _relays[key] = before with { Count = before.Count + relayed.Count, Last = relayed.Time };
        _snapshot = default;
    }
}
