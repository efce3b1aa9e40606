using System.Collections;
using Blockchain.Shared;
using Blockchain.Shared.Chain;

namespace Blockchain.PeerNode.Events;

/// <summary>The last blocks that were accepted, oldest first.</summary>
internal sealed class RecentBlocks : IEnumerable<(ChainNode Node, PeerId Via)>
{
    public const int Limit = 200;

    private readonly (ChainNode Node, PeerId Via)[] _ring = new (ChainNode, PeerId)[Limit];
    private long _count;

    public void Add(ChainNode node, PeerId via) => _ring[_count++ % Limit] = (node, via);

    public IEnumerator<(ChainNode Node, PeerId Via)> GetEnumerator()
    {
        for (var i = Math.Max(0, _count - Limit); i < _count; i++)
        {
            yield return _ring[i % Limit];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
