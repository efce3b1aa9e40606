using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Chain;

/// <summary>
/// The rules of the chain, written for being obviously right: a bag of blocks, all judged anew each time.
/// </summary>
internal sealed class ChainModel
{
    private readonly Dictionary<Hash256, Block> _blocks = [];

    public HashSet<Hash256> Valid { get; private set; } = [];

    public HashSet<Hash256> Rejected { get; private set; } = [];

    public HashSet<Hash256> Orphans { get; private set; } = [];

    public List<Block> Chain { get; private set; } = [];

    public IEnumerable<Hash256> ChainTransactions => Chain.SelectMany(block => block.TransactionIds);

    public void Add(Block block)
    {
        _blocks.TryAdd(block.Id, block);
        (Valid, Rejected, Orphans, Chain) = ([], [], [], []);
        foreach (var candidate in _blocks.Values)
        {
            Judge(candidate);
        }
    }

    private void Judge(Block block)
    {
        var branch = new List<Block>();
        for (var current = block; current is not null; current = _blocks.GetValueOrDefault(current.PreviousId))
        {
            branch.Insert(0, current);
        }

        if (!branch[0].PreviousId.IsGenesis)
        {
            Orphans.Add(block.Id);
        }
        else if (branch.SelectMany(b => b.TransactionIds).GroupBy(id => id).Any(group => group.Count() > 1))
        {
            Rejected.Add(block.Id);
        }
        else
        {
            Valid.Add(block.Id);
            if (branch.Count > Chain.Count || (branch.Count == Chain.Count && block.Id.CompareTo(Chain[^1].Id) < 0))
            {
                Chain = branch;
            }
        }
    }
}
