namespace Blockchain.Shared.Wire;

/// <summary>The types of message; on the wire in capitals, words joined by '_' except in GETBLOCK.</summary>
public enum MessageType
{
    /// <summary>A line whose type is none of ours, or that could not be read at all.</summary>
    Unknown,
    Hello,
    Ping,
    Pong,
    Inv,
    GetBlock,
    GetBlockHeaders,
    BlockHeaders,
    Tx,
    Block,
    Relay,
    GetPeers,
    Peers,

    /// <summary>In signed networks: prove on this connection who you are.</summary>
    Challenge,

    /// <summary>In signed networks: the answer to a challenge.</summary>
    Proof,

    /// <summary>Relay rule <c>compact</c>: send me new blocks compact and unasked, or no more.</summary>
    SendCompact,

    /// <summary>Relay rule <c>compact</c>: a block with short names in place of its transactions.</summary>
    CompactBlock,

    /// <summary>Relay rule <c>compact</c>: send me these transactions of a block.</summary>
    GetBlockTransactions,

    /// <summary>Relay rule <c>compact</c>: some transactions of a block.</summary>
    BlockTransactions,

    /// <summary>Relay rule <c>push-pull</c>: what I have heard of late; what have you?</summary>
    Rumours,

    /// <summary>Several relay rules: send me these transactions.</summary>
    WantTransactions,

    /// <summary>Several relay rules: I have these.</summary>
    Have,

    /// <summary>Relay rule <c>mesh</c>: I send you everything from now on; do the same.</summary>
    Graft,

    /// <summary>Relay rule <c>mesh</c>: no more of that.</summary>
    Prune,

    /// <summary>Relay rule <c>dandelion</c>: a transaction that nobody else is to know of yet.</summary>
    Stem,

    /// <summary>Relay rule <c>reconcile</c>: let us compare what we would send each other.</summary>
    RequestSketch,

    /// <summary>Relay rule <c>reconcile</c>: a sketch of that.</summary>
    Sketch,

    /// <summary>Relay rule <c>reconcile</c>: what came of the comparison.</summary>
    SketchDifference,
}
