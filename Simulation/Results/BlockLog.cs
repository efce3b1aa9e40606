using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Results;

/// <summary>The blocks of a run, and who had which when.</summary>
internal sealed class BlockLog(SimulationRun run)
{
    private readonly List<BlockRecord> _blocks = [];
    private readonly Dictionary<Hash256, BlockRecord> _byId = [];

    /// <summary>Those with a true id, in the order of their making.</summary>
    public IReadOnlyList<BlockRecord> Blocks => _blocks;

    /// <summary>Blocks with a false id that were made.</summary>
    public int FalseBlocks { get; private set; }

    public void Made(SimulatedPeer maker, BlockMade made)
    {
        if (made.IsFalse)
        {
            maker.IsHonest = false;
            FalseBlocks++;
            return;
        }

        var height = maker.Core.Ledger.Chain.TryGet(made.Parent, out var parent) ? parent.Height + 1 : 1;
        var record = new BlockRecord(made, maker, run.Elapsed, height, run.Peers);
        _blocks.Add(record);
        _byId.Add(made.Block, record);
    }

    public void Accepted(SimulatedPeer peer, Hash256 block)
    {
        if (_byId.TryGetValue(block, out var record))
        {
            record.Arrived(peer.Index, run.Elapsed);
        }
    }
}
