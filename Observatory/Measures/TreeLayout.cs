using Blockchain.Observatory.State;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Measures;

/// <summary>
/// Places the last blocks for a drawing of their tree: one row for each, the highest on top and no parent above its
/// child; one lane for each branch, the chain of most peers on the first.
/// </summary>
public sealed record TreeLayout(IReadOnlyList<TreeRow> Rows, int Lanes)
{
    /// <param name="most">How many rows at most; the highest blocks and, of one height, the newest are taken.</param>
    public static TreeLayout Of(NetworkState state, int most)
    {
        ArgumentNullException.ThrowIfNull(state);
        BlockState[] blocks =
        [
            .. state.Blocks.Where(block => block.Height > 0)
                .OrderByDescending(block => block.Height)
                .ThenByDescending(block => block.Made)
                .ThenBy(block => block.Id)
                .Take(most),
        ];
        var chain = ChainBelow(state);
        // The first lane is kept for the chain, above its tip as well.
        var lanes = new List<Hash256?>();
        if (blocks.FirstOrDefault(block => chain.Contains(block.Id)) is { } top)
        {
            lanes.Add(top.Id);
        }

        var rows = new List<TreeRow>();
        foreach (var block in blocks)
        {
            rows.Add(Place(block, rows.Count, lanes, chain));
        }

        var places = rows.ToDictionary(row => row.Block.Id);
        for (var index = 0; index < rows.Count; index++)
        {
            var parent = rows[index].Block.Parent is { } id ? places.GetValueOrDefault(id) : null;
            rows[index] = rows[index] with { ParentIndex = parent?.Index, ParentLane = parent?.Lane
                ?? rows[index].Lane };
        }

        return new TreeLayout(rows, rows.Count == 0 ? 0 : rows.Max(row => row.Lane) + 1);
    }

    /// <param name="lanes">The block that each lane waits for, from top to bottom.</param>
    private static TreeRow Place(BlockState block, int index, List<Hash256?> lanes, HashSet<Hash256> chain)
    {
        var lane = lanes.IndexOf(block.Id);
        if (lane < 0)
        {
            lane = lanes.FindIndex(chain.Count > 0 ? 1 : 0, waits => waits is null);
        }

        if (lane < 0)
        {
            lane = lanes.Count;
            lanes.Add(null);
        }

        for (var other = 0; other < lanes.Count; other++)
        {
            if (lanes[other] == block.Id)
            {
                lanes[other] = null;
            }
        }

        lanes[lane] = block.Parent is { IsGenesis: false } parent ? parent : null;
        return new TreeRow(block, index, lane, chain.Contains(block.Id));
    }

    private static HashSet<Hash256> ChainBelow(NetworkState state)
    {
        var chain = new HashSet<Hash256>();
        var block = state.Tips.Count > 0 ? state.Block(state.Tips[0].Block) : null;
        while (block is not null && chain.Add(block.Id))
        {
            block = block.Parent is { } parent ? state.Block(parent) : null;
        }

        return chain;
    }
}
