using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Observatory.State;

/// <summary>What each peer says of the others.</summary>
internal sealed class LinkBook(int limit)
{
    private const double WeightOfNewest = 1.0 / 8;

    private readonly Dictionary<(PeerId From, PeerId To), LinkState> _links = [];
    private ImmutableArray<LinkState> _snapshot;

    public ImmutableArray<LinkState> Snapshot() => _snapshot.IsDefault
        ? _snapshot = [.. _links.Values]
        : _snapshot;

    public void Apply(PeerEvent happened)
    {
        switch (happened)
        {
            case NeighbourChanged(_, var from, var to, var status):
                Change(from, to, link => link with { Status = status });
                break;
            case RoundTripMeasured measured:
                Change(measured.Peer, measured.Other, link => Smoothed(link, measured));
                break;
        }
    }

    /// <summary>The peer has started anew and has not measured anything.</summary>
    public void Forget(PeerId peer)
    {
        foreach (var key in _links.Keys.Where(key => key.From == peer).ToArray())
        {
            _links.Remove(key);
        }

        _snapshot = default;
    }

    private static LinkState Smoothed(LinkState link, RoundTripMeasured measured) => link.RoundTrip switch
    {
        null => link with { RoundTrip = measured.RoundTrip, Measured = measured.Time },
        { } before when measured.Time > link.Measured => link with
        {
            RoundTrip = before + ((measured.RoundTrip - before) * WeightOfNewest),
            Measured = measured.Time,
        },
        _ => link,
    };

    private void Change(PeerId from, PeerId to, Func<LinkState, LinkState> change)
    {
        if (!_links.TryGetValue((from, to), out var link))
        {
            if (_links.Count >= limit)
            {
                return;
            }

            link = new LinkState(from, to, PeerStatus.Unknown, null, TimeSpan.Zero);
        }

        _links[(from, to)] = change(link);
        _snapshot = default;
    }
}
