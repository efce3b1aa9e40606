using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>
/// A full peer accepts only blocks whose ids are their hashes, computed here once more from the line; a light one only
/// headers of such blocks, once a block was made.
/// </summary>
public sealed class IdsVerify : IAcceptanceInvariant
{
    private readonly HashSet<Hash256> _verified = [];

    public string Name => "ids-verify";

    public string? OnAccepted(SimulatedPeer peer, ChainNode node)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(node);
        if (_verified.Contains(node.Id))
        {
            return null;
        }

        if (node.Block is null)
        {
            return peer.Plan.Info.Light ? null : $"{peer.Id} accepted {node.Id} without its block";
        }

        var isRight = MessageCodec.Read(node.Block.Json.Span, out var read, out _) == ReadOutcome.Message
            && read is Block { HasValidId: true } block && block.Id == node.Id;
        if (!isRight)
        {
            return $"{peer.Id} accepted {node.Id}, which is not the hash of the block";
        }

        _verified.Add(node.Id);
        return null;
    }

    public string? CheckAtEnd(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var peer in run.Honest)
        {
            foreach (var node in peer.Core.Ledger.Chain.Nodes)
            {
                if (!_verified.Contains(node.Id))
                {
                    return $"{peer.Id} has the header {node.Id}, but no peer ever accepted its block";
                }
            }
        }

        return null;
    }
}
