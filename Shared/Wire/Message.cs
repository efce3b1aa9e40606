namespace Blockchain.Shared.Wire;

/// <summary>Anything that travels between two peers: one JSON object on one line.</summary>
public abstract record Message
{
    public abstract MessageType Type { get; }

    /// <summary>What duplicates of this message are recognised by.</summary>
    public abstract MessageId Key { get; }

    /// <summary>W3C trace context, an extension that a foreign node may leave out. Never on a BLOCK.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// W3C tracestate that goes with <see cref="TraceParent"/>; of ours, how many peers have handed it on.
    /// </summary>
    public string? TraceState { get; init; }
}
