using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// What a peer makes, shows and answers. Each method has what an honest peer does as its body, so that a behaviour
/// writes only where it differs.
/// </summary>
internal interface IBehaviour
{
    /// <summary>
    /// Makes a block of these parts. One whose id is not its hash does not get into the peer's own chain.
    /// </summary>
    /// <param name="timestamp">Unix seconds.</param>
    Block MakeBlock(
        PeerId maker,
        double timestamp,
        Hash256 previous,
        IReadOnlyList<Transaction> transactions,
        SeededRandom random) =>
        BlockFactory.Create(maker, timestamp, previous, transactions);

    /// <summary>Whether others learn of a block, are sent a transaction, or are passed on a RELAY.</summary>
    /// <param name="isOwn">This peer has made it.</param>
    bool Shows(Message news, bool isOwn) => true;

    /// <summary>Whether it sends a block that nobody asked for; otherwise it announces the block by INV.</summary>
    bool SendsUnasked(Block block) => true;

    /// <summary>Whether it answers a GETBLOCK or GET_BLOCK_HEADERS.</summary>
    bool Answers(Message request) => true;

    /// <summary>What it answers to a GET_BLOCK_HEADERS.</summary>
    /// <param name="headers">What an honest peer answers.</param>
    /// <param name="tip">The end of its chain; null: it has none.</param>
    IReadOnlyList<BlockHeader> Headers(IReadOnlyList<BlockHeader> headers, BlockHeader? tip) => headers;
}
