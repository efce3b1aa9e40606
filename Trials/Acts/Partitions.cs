using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>Which peers reach which no longer, while several partitions last at once.</summary>
internal sealed class Partitions
{
    private readonly List<Split> _splits = [];

    // Most peers are on the same sides as many others, and share one set with them.
    private readonly Dictionary<string, PeerSet> _bySides = [];

    public bool Any => _splits.Count > 0;

    public object Add(IReadOnlySet<PeerId> peers, IReadOnlySet<PeerId> others, Direction direction)
    {
        var split = new Split(peers, others, direction);
        _splits.Add(split);
        _bySides.Clear();
        return split;
    }

    /// <summary>False if it has ended before.</summary>
    public bool Remove(object split)
    {
        _bySides.Clear();
        return _splits.Remove((Split)split);
    }

    public void Clear()
    {
        _bySides.Clear();
        _splits.Clear();
    }

    /// <summary>Whom nothing of this peer gets to; the same instance for all peers of whom the same is true.</summary>
    public PeerSet KeptFrom(PeerId peer)
    {
        if (_splits.Count == 0)
        {
            return PeerSet.None;
        }

        var sides = string.Create(_splits.Count, (this, peer), static (text, state) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = state.Item1._splits[i].SideOf(state.peer);
            }
        });
        if (!_bySides.TryGetValue(sides, out var kept))
        {
            kept = new PeerSet(sides.SelectMany((side, i) => _splits[i].KeptFrom(side)));
            _bySides.Add(sides, kept);
        }

        return kept;
    }

    private sealed class Split(IReadOnlySet<PeerId> peers, IReadOnlySet<PeerId> others, Direction direction)
    {
        public char SideOf(PeerId peer) => peers.Contains(peer) ? 'a' : others.Contains(peer) ? 'b' : '-';

        public IEnumerable<PeerId> KeptFrom(char side) => (side, direction) switch
        {
            ('a', Direction.Both or Direction.Out) => others,
            ('b', Direction.Both or Direction.In) => peers,
            _ => [],
        };
    }
}
