namespace Blockchain.Shared.Wire;

/// <summary>Limits on what a line may contain. All are far above what an honest peer sends.</summary>
public static class WireLimits
{
    /// <summary>Bytes of a line, its end excluded.</summary>
    public const int LineBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes of a RELAY around its payload at most: two escaped names of peers, a UUID and a trace context, rounded up.
    /// </summary>
    public const int RelayEnvelope = 2 * 1024;

    /// <summary>Bytes of a block without its transactions at most: an escaped name, two ids, two numbers.</summary>
    public const int BlockEnvelope = 1024;

    /// <summary>Levels of objects and arrays. A block in a RELAY has four; recursion stays shallow with this.</summary>
    public const int Depth = 64;

    /// <summary>Ids in INV, GETBLOCK and a locator; headers in BLOCK_HEADERS.</summary>
    public const int ListItems = 50_000;

    public const int TransactionsPerBlock = 20_000;

    /// <summary>In PRUNE: an hour.</summary>
    public const int BackoffSeconds = 3_600;

    /// <summary>Peers in PEERS.</summary>
    public const int Peers = 10_000;

    /// <summary>UTF-16 units of a peer's id.</summary>
    public const int PeerIdLength = 64;

    /// <summary>UTF-16 units of an address: the longest DNS name.</summary>
    public const int AddressLength = 253;

    /// <summary>Characters of a W3C traceparent, never more or fewer.</summary>
    public const int TraceParentLength = 55;

    /// <summary>Characters of a tracestate: what the W3C's recommendation has everybody pass on.</summary>
    public const int TraceStateLength = 512;

    /// <summary>Malformed lines after which a connection is closed.</summary>
    public const int MalformedLines = 3;
}
