namespace Blockchain.Shared.Wire;

/// <summary>Which of a target's messages goes first; the order of the original.</summary>
public enum MessagePriority
{
    High,
    Medium,
    Low,
}

public static class MessagePriorities
{
    public const int Count = 3;

    public static MessagePriority Of(MessageType type) => type switch
    {
        MessageType.Tx or MessageType.Stem or MessageType.Hello or MessageType.GetPeers or MessageType.Peers =>
            MessagePriority.Medium,
        MessageType.Relay => MessagePriority.Low,
        _ => MessagePriority.High,
    };
}
