using System.Collections;

namespace Blockchain.Shared.Chain;

/// <summary>
/// The nodes that one call attached to the tree, parents before children. Nearly always one, for which no list is
/// allocated.
/// </summary>
public readonly struct AttachedNodes : IReadOnlyList<ChainNode>
{
    private readonly ChainNode? _single;
    private readonly List<ChainNode>? _several;

    internal AttachedNodes(ChainNode single) => _single = single;

    internal AttachedNodes(List<ChainNode> several) => _several = several;

    public int Count => _several?.Count ?? (_single is null ? 0 : 1);

    public ChainNode this[int index]
    {
        get
        {
            if (_several is not null)
            {
                return _several[index];
            }

            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _single!;
        }
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<ChainNode> IEnumerable<ChainNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator : IEnumerator<ChainNode>
    {
        private readonly AttachedNodes _nodes;
        private int _index;

        internal Enumerator(AttachedNodes nodes)
        {
            _nodes = nodes;
            _index = -1;
        }

        public readonly ChainNode Current => _nodes[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < _nodes.Count;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }
}
