namespace Blockchain.PeerNode.Telemetry;

/// <summary>The names of a node's metrics and of their tags. <c>docs/telemetry.md</c> says what each is.</summary>
internal static class MetricNames
{
    public const string Meter = "Blockchain.PeerNode";

    public const string MessagesSent = "blockchain.messages.sent";
    public const string MessagesReceived = "blockchain.messages.received";
    public const string MessagesDropped = "blockchain.messages.dropped";
    public const string MessagesRedundant = "blockchain.messages.redundant";
    public const string MessagesRelayed = "blockchain.messages.relayed";
    public const string NetworkIo = "blockchain.network.io";
    public const string QueueDepth = "blockchain.queue.depth";
    public const string SendCapacity = "blockchain.send.capacity";
    public const string PeerRoundTrip = "blockchain.peer.round_trip";
    public const string Peers = "blockchain.peers";
    public const string PeersBanned = "blockchain.peers.banned";
    public const string BlockPropagation = "blockchain.block.propagation";
    public const string TransactionPropagation = "blockchain.transaction.propagation";
    public const string TransactionsAccepted = "blockchain.transactions.accepted";
    public const string ChainHeight = "blockchain.chain.height";
    public const string ChainTipChanges = "blockchain.chain.tip_changes";
    public const string ChainReorganisation = "blockchain.chain.reorganisation";
    public const string ChainOrphans = "blockchain.chain.orphans";
    public const string PoolSize = "blockchain.pool.size";
    public const string LoopDelay = "blockchain.loop.delay";

    /// <summary>A message's type, as on the wire.</summary>
    public const string Type = "type";

    /// <summary>One of <see cref="Shared.DropReason"/>.</summary>
    public const string Reason = "reason";

    /// <summary>ALIVE, UNREACHABLE or UNKNOWN.</summary>
    public const string Status = "status";

    /// <summary>HIGH, MEDIUM or LOW.</summary>
    public const string Priority = "priority";

    /// <summary><see cref="SentBytes"/> or <see cref="ReceivedBytes"/>.</summary>
    public const string Direction = "direction";

    /// <summary><see cref="FullPeer"/> or <see cref="LightPeer"/>: what the measuring peer is.</summary>
    public const string Role = "role";

    public const string SentBytes = "sent";
    public const string ReceivedBytes = "received";
    public const string FullPeer = "full";
    public const string LightPeer = "light";
}
