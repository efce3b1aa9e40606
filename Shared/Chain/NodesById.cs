using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// All nodes of the tree by id. A set that is asked by id instead of a dictionary: the id is in the node already, and
/// its 32 bytes per entry would be the larger part of what a stored header takes.
/// </summary>
internal sealed class NodesById
{
    private readonly HashSet<ChainNode> _nodes;
    private readonly HashSet<ChainNode>.AlternateLookup<Hash256> _byId;

    public NodesById(SaltedIds ids)
    {
        _nodes = new HashSet<ChainNode>(new ById(ids));
        _byId = _nodes.GetAlternateLookup<Hash256>();
    }

    public int Count => _nodes.Count;

    public void Add(ChainNode node)
    {
        var isNew = _nodes.Add(node);
        Assertions.That(isNew, "A block is in the tree once.");
    }

    public void Remove(ChainNode node)
    {
        var wasThere = _nodes.Remove(node);
        Assertions.That(wasThere, "Only what is in the tree can leave it.");
    }

    public bool Contains(Hash256 id) => _byId.Contains(id);

    public bool TryGet(Hash256 id, [NotNullWhen(true)] out ChainNode? node) => _byId.TryGetValue(id, out node);

    private sealed class ById(SaltedIds ids)
        : IEqualityComparer<ChainNode>, IAlternateEqualityComparer<Hash256, ChainNode>
    {
        public bool Equals(ChainNode? x, ChainNode? y) => x?.Id == y?.Id;

        public int GetHashCode(ChainNode node) => ids.GetHashCode(node.Id);

        public bool Equals(Hash256 alternate, ChainNode other) => alternate == other.Id;

        public int GetHashCode(Hash256 alternate) => ids.GetHashCode(alternate);

        public ChainNode Create(Hash256 alternate) =>
            throw new NotSupportedException("A node cannot be made of its id alone.");
    }
}
