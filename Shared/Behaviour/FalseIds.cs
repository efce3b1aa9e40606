using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>Draws the ids of its blocks at random instead of computing them.</summary>
internal sealed class FalseIds : IBehaviour
{
    public Block MakeBlock(
        PeerId maker,
        double timestamp,
        Hash256 previous,
        IReadOnlyList<Transaction> transactions,
        SeededRandom random) =>
        BlockFactory.CreateForged(maker, timestamp, previous, transactions, random.NextHash());
}
