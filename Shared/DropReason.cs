namespace Blockchain.Shared;

/// <summary>Why a message went no further. The one list for code, metrics, logs, the HTTP API and tests.</summary>
public enum DropReason
{
    /// <summary>No message: not JSON, wrong types, missing fields, nested too deeply.</summary>
    Malformed,

    /// <summary>A line longer than the limit.</summary>
    LineTooLong,

    /// <summary>Well-formed, of a type that we do not know.</summary>
    UnknownType,

    /// <summary>
    /// Needs an answer or trust, and came from an address that belongs to no known peer, or to one that is not a
    /// neighbour.
    /// </summary>
    UnknownSender,

    /// <summary>A transaction or block whose stated id is not its hash.</summary>
    InvalidId,

    /// <summary>In a signed network, something without the right signature of its maker or origin.</summary>
    InvalidSignature,

    /// <summary>In a signed network, something by somebody who has no key in <c>peers.json</c>.</summary>
    UnknownMaker,

    /// <summary>
    /// A block that repeats a transaction of its own branch, has too many bytes, or descends from such a block.
    /// </summary>
    InvalidBlock,

    /// <summary>To or from a banned peer.</summary>
    Blacklisted,

    /// <summary>More than a sender may send us in its window.</summary>
    InboundLimit,

    /// <summary>As many wait for this target at this priority as may.</summary>
    QueueFull,

    /// <summary>Lost on the simulated network.</summary>
    Loss,

    /// <summary>Every attempt to hand it to the transport failed, or its target is known to be away.</summary>
    Unreachable,

    /// <summary>There is no path to the target, not even by relays.</summary>
    NoRoute,

    /// <summary>A request that was answered by nobody in time.</summary>
    Expired,

    /// <summary>The transaction pool is full, or its sender has as much in it as one may have.</summary>
    PoolFull,

    /// <summary>A transaction that fits into no block.</summary>
    TooLarge,

    /// <summary>An orphan that had to make room for a newer one.</summary>
    OrphanEvicted,

    /// <summary>It came while the peer was paused.</summary>
    Paused,

    /// <summary>An answer to nothing that was asked.</summary>
    NotAsked,
}
