using System.Collections.Immutable;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Diagrams;

/// <summary>How a type of message is drawn: each by a colour, a dash and a letter of its own.</summary>
/// <param name="Style">The class of its lines.</param>
/// <param name="Meaning">For the legend.</param>
public sealed record MessageMark(string Letter, string Style, string Meaning)
{
    private static readonly MessageMark Inventory = new("I", "inv", "INV");
    private static readonly MessageMark Request = new("G", "get", "GETBLOCK");
    private static readonly MessageMark Block = new("B", "blk", "BLOCK");
    private static readonly MessageMark HeaderRequest = new("h", "gbh", "GET_BLOCK_HEADERS");
    private static readonly MessageMark Headers = new("H", "hdr", "BLOCK_HEADERS");
    private static readonly MessageMark Transaction = new("T", "tx", "TX");
    private static readonly MessageMark Heartbeat = new("P", "png", "PING, PONG");
    private static readonly MessageMark Other = new("N", "oth", "HELLO, PEERS, others");

    /// <summary>In the order of the legend.</summary>
    public static ImmutableArray<MessageMark> All { get; } =
        [Inventory, Request, Block, HeaderRequest, Headers, Transaction, Heartbeat, Other];

    public static MessageMark Of(MessageType type) => type switch
    {
        MessageType.Inv => Inventory,
        MessageType.GetBlock => Request,
        MessageType.Block => Block,
        MessageType.GetBlockHeaders => HeaderRequest,
        MessageType.BlockHeaders => Headers,
        MessageType.Tx => Transaction,
        MessageType.Ping or MessageType.Pong => Heartbeat,
        _ => Other,
    };
}
