using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// What a peer makes, shows and answers. Each method has what an honest peer does as its body, so that a behaviour
/// writes only where it differs.
/// </summary>
internal interface IBehaviour
{
    /// <summary>It begins: with the peer, or when the peer is told to behave so.</summary>
    void Start(TimeSpan now, BehaviourTools tools)
    {
    }

    /// <summary>On what the peer's next block is built; null: on nothing, as a first block.</summary>
    ChainNode? MinesOn(BlockTree chain) => chain.Tip;

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

    /// <summary>
    /// Whether it acts as if it lacked this block of its tree: it does not announce it, hand it over or name it.
    /// </summary>
    bool Hides(Hash256 block) => false;

    /// <summary>A block has come into the tree, and was not announced yet.</summary>
    /// <param name="isOwn">This peer has made it just now.</param>
    /// <returns>The blocks hidden until now that are to be announced before it, lower ones first.</returns>
    IReadOnlyList<ChainNode> Reveals(TimeSpan now, BlockTree chain, ChainNode added, bool isOwn) => [];

    /// <summary>Whether others learn of a block, are sent a transaction, or are passed on a RELAY.</summary>
    /// <param name="isOwn">This peer has made it.</param>
    bool Shows(Message news, bool isOwn) => true;

    /// <summary>Whether it sends a block that nobody asked for; otherwise it announces the block by INV.</summary>
    bool SendsUnasked(Block block) => true;

    /// <summary>Whether it answers a GETBLOCK or GET_BLOCK_HEADERS.</summary>
    bool Answers(Message request) => true;

    /// <summary>
    /// How long it lets an asker wait, as a share of what the asker waits before it asks somebody else; 0: not at all.
    /// </summary>
    double Hesitation(GetBlock request) => 0;

    /// <summary>What it hands over in place of a block.</summary>
    Block HandsOver(Block block) => block;

    /// <summary>Whom it names to one who asks for peers.</summary>
    /// <param name="known">Whom an honest peer names, itself last.</param>
    IReadOnlyList<PeerInfo> Names(IReadOnlyList<PeerInfo> known) => known;

    /// <summary>Whether it tells others of a newcomer.</summary>
    bool Introduces => true;

    /// <summary>What it answers to a GET_BLOCK_HEADERS.</summary>
    /// <param name="headers">What an honest peer answers.</param>
    /// <param name="tip">The end of its chain; null: it has none.</param>
    IReadOnlyList<BlockHeader> Headers(IReadOnlyList<BlockHeader> headers, BlockHeader? tip) => headers;
}
