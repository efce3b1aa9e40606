using System.Collections.Immutable;
using Blockchain.Shared;

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
            {
                MakeRoom();
            }

            before = new RelayState(relayed.Peer, relayed.Origin, relayed.Target, 0, relayed.Time);
        }

        _relays[key] = before with { Count = before.Count + relayed.Count, Last = relayed.Time };
        _snapshot = default;
    }

    /// <summary>A quarter at once: to look for the oldest one each time would cost more than all else.</summary>
    private void MakeRoom()
    {
        foreach (var old in _relays.OrderBy(relay => relay.Value.Last).Take(Math.Max(1, limit / 4)).ToArray())
        {
            _relays.Remove(old.Key);
        }
    }
}
