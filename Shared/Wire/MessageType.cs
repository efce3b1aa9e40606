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
}
