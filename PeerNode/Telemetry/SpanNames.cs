namespace Blockchain.PeerNode.Telemetry;

/// <summary>The names of a node's spans, events and attributes; <c>docs/telemetry.md</c> says what each is.</summary>
internal static class SpanNames
{
    public const string Source = "Blockchain.PeerNode";

    public const string BlockMade = "block made";
    public const string BlockAccepted = "block accepted";
    public const string BlockRejected = "block rejected";
    public const string TransactionMade = "transaction made";
    public const string TransactionAccepted = "transaction accepted";
    public const string TransactionIncluded = "transaction included";

    /// <summary>Event: a peer that we announced the block to has asked for it.</summary>
    public const string BlockAsked = "block asked for";

    public const string Peer = "blockchain.peer.id";
    /// <summary>Who gave it to us: the origin of a RELAY, not the relay.</summary>
    public const string From = "blockchain.from";

    /// <summary>The neighbour that handed it over: the relay, where there was one.</summary>
    public const string Via = "blockchain.via";

    /// <summary>How many peers from the maker to here, itself not counted; absent where one did not say.</summary>
    public const string Hops = "blockchain.hops";

    /// <summary>Seconds since the making, by the maker's clock.</summary>
    public const string Age = "blockchain.age";

    public const string BlockId = "blockchain.block.id";
    public const string BlockMaker = "blockchain.block.maker";
    public const string BlockHeight = "blockchain.block.height";

    /// <summary>Further copies of the block that came within three seconds of its acceptance.</summary>
    public const string BlockDuplicates = "blockchain.block.duplicates";

    /// <summary>Announcements of the block that came within three seconds of its acceptance.</summary>
    public const string BlockAnnouncements = "blockchain.block.announcements";

    public const string TransactionId = "blockchain.transaction.id";
}
