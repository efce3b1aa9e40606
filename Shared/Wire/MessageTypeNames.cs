namespace Blockchain.Shared.Wire;

/// <summary>The names of the message types on the wire.</summary>
public static class MessageTypeNames
{
    private static readonly string[] Names =
    [
        "UNKNOWN", "HELLO", "PING", "PONG", "INV", "GETBLOCK", "GET_BLOCK_HEADERS", "BLOCK_HEADERS", "TX", "BLOCK",
        "RELAY", "GET_PEERS", "PEERS", "CHALLENGE", "PROOF",
        "SENDCMPCT", "CMPCTBLOCK", "GETBLOCKTXN", "BLOCKTXN", "RUMOURS", "IWANT", "IHAVE", "GRAFT",
        "PRUNE", "STEMTX", "REQRECON", "SKETCH", "RECONCILDIFF",
    ];

    public static string Name(this MessageType type) => Names[(int)type];

    /// <summary>The type of that name (UTF-8); <see cref="MessageType.Unknown"/> for any that is not ours.</summary>
    public static MessageType Parse(ReadOnlySpan<byte> name)
    {
        for (var i = 1; i < Names.Length; i++)
        {
            if (name.Length == Names[i].Length && System.Text.Ascii.Equals(name, Names[i]))
            {
                return (MessageType)i;
            }
        }

        return MessageType.Unknown;
    }
}
