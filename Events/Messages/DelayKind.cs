namespace Blockchain.Events.Messages;

/// <summary>What a peer waited for.</summary>
public enum DelayKind
{
    /// <summary>A message was on its way.</summary>
    Latency,

    /// <summary>A message waited for its turn to be sent.</summary>
    Queue,

    /// <summary>A message was lost, failed or was refused, until somebody tried again.</summary>
    Loss,

    /// <summary>
    /// Somebody waited as the protocol says: for a round of gossip, a header exchange, the answer of another peer, a
    /// parent.
    /// </summary>
    Patience,

    /// <summary>Nobody has told of the messages.</summary>
    Untold,
}
