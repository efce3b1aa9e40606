namespace Blockchain.Shared;

/// <summary>How far one message has come, as <see cref="MessageTraced"/> tells it.</summary>
public enum MessageStage
{
    /// <summary>It has to wait until its turn comes. Not told of a message that leaves at once.</summary>
    Queued,

    /// <summary>
    /// Its turn came, and the simulated latency of the sender begins. Not told where there is no such latency.
    /// </summary>
    Left,

    /// <summary>It was handed to the transport.</summary>
    Sent,

    /// <summary>It arrived, before any check.</summary>
    Received,

    /// <summary>It could not be handed over, and will be tried again.</summary>
    Failed,

    /// <summary>It never arrives: lost on the way, or given up by its sender.</summary>
    Dropped,

    /// <summary>It arrived and was not taken.</summary>
    Refused,
}
