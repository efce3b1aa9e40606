namespace Blockchain.Shared.Wire;

/// <summary>
/// The general way to read a line: whatever its layout, by way of its canonical form. <see cref="FastParser"/> is the
/// quick one for the two types that come in masses; both must agree.
/// </summary>
internal static class MessageParser
{
    /// <param name="line">One JSON object.</param>
    /// <param name="kept">The same bytes where they are already kept for good; empty: copy what is to be kept.</param>
    public static MalformedReason Parse(
        ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept, bool isPayload, out Message? message)
    {
        message = null;
        var writer = new CanonicalWriter(line);
        try
        {
            var reason = writer.Run();
            if (reason != MalformedReason.None)
            {
                return reason;
            }

            if (writer.Written[0] != '{')
            {
                return MalformedReason.NotAnObject;
            }

            var fields = new FieldReader(writer.Written);
            var type = fields.RawText("type"u8);
            if (fields.Reason != MalformedReason.None)
            {
                return fields.Reason;
            }

            return type switch
            {
                _ when type.SequenceEqual("\"TX\""u8) =>
                    LedgerParser.Transaction(fields, line, kept, out message),
                _ when type.SequenceEqual("\"BLOCK\""u8) =>
                    LedgerParser.Block(fields, writer, line, kept, out message),
                _ when type.SequenceEqual("\"RELAY\""u8) =>
                    isPayload ? MalformedReason.NestedRelay : Relay(fields, line, out message),
                _ => Control(fields, MessageTypeNames.Parse(type[1..^1]), out message),
            };
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static MalformedReason Control(FieldReader fields, MessageType type, out Message? message)
    {
        message = type switch
        {
            MessageType.Hello => new Hello(fields.PeerInfo("sender"u8), fields.MessageId())
            {
                TraceParent = fields.TraceParent(),
                TraceState = fields.TraceState(),
            },
            MessageType.Ping =>
                new Ping(fields.Peer("sender"u8), fields.Number("timestamp"u8), fields.MessageId()),
            MessageType.Pong =>
                new Pong(fields.Peer("sender"u8), fields.Number("timestamp"u8), fields.MessageId()),
            MessageType.Inv =>
                new Inv(fields.Peer("sender"u8), fields.Hashes("block_ids"u8), fields.MessageId())
                {
                    TraceParent = fields.TraceParent(),
                    TraceState = fields.TraceState(),
                },
            MessageType.GetBlock =>
                new GetBlock(fields.Peer("sender"u8), fields.Hashes("block_ids"u8), fields.MessageId())
                {
                    TraceParent = fields.TraceParent(),
                    TraceState = fields.TraceState(),
                },
            MessageType.GetBlockHeaders => new GetBlockHeaders(
                fields.Peer("sender"u8), fields.Hashes("locator"u8, isOptional: true), fields.MessageId()),
            MessageType.BlockHeaders =>
                new BlockHeaders(fields.Peer("sender"u8), Headers(ref fields), fields.MessageId()),
            MessageType.GetPeers => new GetPeers(fields.Peer("sender"u8), fields.MessageId()),
            MessageType.Peers => new PeerList(fields.Peer("sender"u8), Peers(ref fields), fields.MessageId()),
            _ => Unknown(ref fields),
        };
        return Finish(fields.Reason, ref message);
    }

    private static UnknownMessage Unknown(ref FieldReader fields)
    {
        // Kept for a log line only, so a long one is cut, in the escaped form it has there already.
        const int LengthKept = 64;
        var name = fields.RawText("type"u8)[1..^1];
        return new UnknownMessage(System.Text.Encoding.ASCII.GetString(name[..Math.Min(name.Length, LengthKept)]));
    }

    private static BlockHeader[] Headers(ref FieldReader fields)
    {
        var headers = new BlockHeader[fields.Count("headers"u8, WireLimits.ListItems, out var list)];
        var walk = new JsonWalk(list);
        for (var i = 0; i < headers.Length && fields.Reason == MalformedReason.None; i++)
        {
            walk.NextItem();
            var item = FieldReader.OfItem(walk.Value);
            headers[i] = Header(ref item);
            fields.Fail(item.Reason);
        }

        return headers;
    }

    public static BlockHeader Header(ref FieldReader fields) => new(
        fields.Peer("sender"u8),
        fields.Number("timestamp"u8),
        fields.Hash("block_id"u8),
        fields.ParentHash("previous_block_id"u8));

    private static PeerInfo[] Peers(ref FieldReader fields)
    {
        var peers = new PeerInfo[fields.Count("peers"u8, WireLimits.Peers, out var list)];
        var walk = new JsonWalk(list);
        for (var i = 0; i < peers.Length && fields.Reason == MalformedReason.None; i++)
        {
            walk.NextItem();
            var item = FieldReader.OfItem(walk.Value);
            peers[i] = item.PeerInfo("peer_id"u8);
            fields.Fail(item.Reason);
        }

        return peers;
    }

    private static MalformedReason Relay(FieldReader fields, ReadOnlySpan<byte> line, out Message? message)
    {
        message = null;
        var (sender, target, id) = (fields.Peer("sender"u8), fields.Peer("target"u8), fields.MessageId());
        fields.Raw("payload"u8, "{"u8);
        if (fields.Reason != MalformedReason.None)
        {
            return fields.Reason;
        }

        var kept = line.Trim(" \t\r\n"u8).ToArray();
        var (start, end) = LedgerParser.Locate(kept, "payload"u8);
        var reason = MessageCodec.Parse(kept.AsSpan(start..end), kept.AsMemory(start..end), true, out var payload);
        if (reason == MalformedReason.None)
        {
            message = new Relay(sender, target, payload!, id, kept)
            {
                TraceParent = fields.TraceParent(),
                TraceState = fields.TraceState(),
            };
        }

        return reason;
    }

    private static MalformedReason Finish(MalformedReason reason, ref Message? message)
    {
        if (reason != MalformedReason.None)
        {
            message = null;
        }

        return reason;
    }
}
