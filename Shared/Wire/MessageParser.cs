using System.Runtime.CompilerServices;
using System.Text;

namespace Blockchain.Shared.Wire;

/// <summary>Makes a message of the tokens of its line.</summary>
internal static class MessageParser
{
    /// <param name="line">One JSON object.</param>
    public static MalformedReason Parse(ReadOnlySpan<byte> line, out Message? message)
    {
        message = null;
        using var tape = JsonTape.Read(line);
        return tape.Reason != MalformedReason.None ? tape.Reason
            : tape[0].Kind != TokenKind.Object ? MalformedReason.NotAnObject
            : Parse(tape, container: 0, relay: default, out message);
    }

    public static BlockHeader Header(ref FieldReader fields) => new(
        fields.Peer(Field.Sender),
        fields.Number(Field.Timestamp),
        fields.Hash(Field.BlockId),
        fields.ParentHash(Field.PreviousBlockId));

    /// <param name="relay">What is kept of the RELAY that has the message as its payload; empty outside of one.</param>
    private static MalformedReason Parse(
        scoped in JsonTape tape, int container, ReadOnlyMemory<byte> relay, out Message? message)
    {
        var fields = new FieldReader(tape, container);
        var name = fields.Text(Field.Type);
        if (fields.Reason != MalformedReason.None)
        {
            message = null;
            return fields.Reason;
        }

        var type = MessageTypeNames.Parse(name);
        message = type switch
        {
            MessageType.Tx => LedgerParser.Transaction(ref fields, relay),
            MessageType.Block => LedgerParser.Block(ref fields, relay),
            MessageType.Relay => Relay(ref fields, isNested: !relay.IsEmpty),
            MessageType.Unknown => Unknown(name),
            _ => Control(ref fields, type),
        };
        message = fields.Reason == MalformedReason.None ? message : null;
        Assertions.That(message is null || message.Type == type, "A message is of the type that its line names.");
        Assertions.That(
            !Assertions.AreOn || message is null == (fields.Reason != MalformedReason.None),
            "A message or a reason, never both.");
        return fields.Reason;
    }

    // These are not inlined, as what they put on the stack would be cleared for each TX.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ControlMessage Control(ref FieldReader fields, MessageType type)
    {
        var (traceParent, traceState) = fields.Trace();
        return type switch
        {
            MessageType.Hello => new Hello(fields.PeerInfo(Field.Sender), fields.MessageId())
            {
                Relay = RuleParser.RelayOf(ref fields),
                TraceParent = traceParent,
                TraceState = traceState,
            },
            MessageType.Ping => new Ping(fields.Peer(Field.Sender), fields.Number(Field.Timestamp), fields.MessageId()),
            MessageType.Pong => new Pong(fields.Peer(Field.Sender), fields.Number(Field.Timestamp), fields.MessageId()),
            MessageType.Inv => new Inv(fields.Peer(Field.Sender), fields.Hashes(Field.BlockIds), fields.MessageId())
            {
                TraceParent = traceParent,
                TraceState = traceState,
            },
            MessageType.GetBlock => new GetBlock(
                fields.Peer(Field.Sender), fields.Hashes(Field.BlockIds), fields.MessageId())
            {
                Compact = fields.Flag("compact"u8),
                TraceParent = traceParent,
                TraceState = traceState,
            },
            MessageType.GetBlockHeaders => new GetBlockHeaders(
                fields.Peer(Field.Sender),
                fields.Find(Field.Locator) == 0 ? [] : fields.Hashes(Field.Locator),
                fields.MessageId()),
            MessageType.BlockHeaders => new BlockHeaders(
                fields.Peer(Field.Sender), Headers(ref fields), fields.MessageId()),
            MessageType.GetPeers => new GetPeers(fields.Peer(Field.Sender), fields.MessageId()),
            MessageType.Peers => new PeerList(fields.Peer(Field.Sender), Peers(ref fields), fields.MessageId()),
            MessageType.Challenge => new Challenge(
                fields.Peer(Field.Sender), fields.Hash(Field.Challenge), fields.MessageId()),
            MessageType.Proof => new Proof(
                fields.Peer(Field.Sender), fields.Peer(Field.Target), fields.Signature(), fields.MessageId()),
            _ => RuleParser.Read(ref fields, type),
        };
    }

    private static BlockHeader[] Headers(ref FieldReader fields)
    {
        var token = fields.RequireList(Field.Headers, WireLimits.ListItems, out var count);
        var headers = new BlockHeader[count];
        for (var i = 0; i < count && fields.Reason == MalformedReason.None; i++)
        {
            var item = fields.NextItem(ref token);
            headers[i] = Header(ref item);
            fields.Fail(item.Reason);
        }

        return headers;
    }

    private static PeerInfo[] Peers(ref FieldReader fields)
    {
        var token = fields.RequireList(Field.Peers, WireLimits.Peers, out var count);
        var peers = new PeerInfo[count];
        for (var i = 0; i < count && fields.Reason == MalformedReason.None; i++)
        {
            var item = fields.NextItem(ref token);
            peers[i] = item.PeerInfo(Field.PeerId);
            fields.Fail(item.Reason);
        }

        return peers;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnknownMessage Unknown(ReadOnlySpan<byte> name)
    {
        // Kept for a log line only, so a long one is cut, in the escaped form it has there already.
        const int LengthKept = 64;
        return new UnknownMessage(Encoding.ASCII.GetString(name[..Math.Min(name.Length, LengthKept)]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Relay? Relay(ref FieldReader fields, bool isNested)
    {
        if (isNested)
        {
            fields.Fail(MalformedReason.NestedRelay);
            return null;
        }

        var (sender, target, id) = (fields.Peer(Field.Sender), fields.Peer(Field.Target), fields.MessageId());
        var token = fields.Require(Field.Payload, TokenKind.Object);
        if (fields.Reason != MalformedReason.None)
        {
            return null;
        }

        var kept = fields.Keep(relay: default);
        fields.Fail(Parse(fields.Tape, token, kept, out var payload));
        var (traceParent, traceState) = fields.Trace();
        return payload is null ? null : new Relay(sender, target, payload, id, kept)
        {
            TraceParent = traceParent,
            TraceState = traceState,
        };
    }
}
