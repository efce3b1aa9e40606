using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Neighbours;

/// <summary>Hops between all peers of a network, by Floyd and Warshall's algorithm.</summary>
internal sealed class AllPairsShortestPaths
{
    /// <summary>More hops than any path has.</summary>
    public const int None = 1_000;

    private readonly Dictionary<PeerId, int> _index;
    private readonly int[,] _hops;

    public AllPairsShortestPaths(IReadOnlyList<PeerInfo> peers)
    {
        var count = peers.Count;
        _index = Enumerable.Range(0, count).ToDictionary(i => peers[i].Id);
        _hops = new int[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                _hops[i, j] = i == j ? 0 : NetworkPlan.CanReach(peers[i], peers[j]) ? 1 : None;
            }
        }

        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    _hops[i, j] = Math.Min(_hops[i, j], _hops[i, k] + _hops[k, j]);
                }
            }
        }
    }

    public int this[PeerId from, PeerId to] => _hops[_index[from], _index[to]];
}
