namespace Blockchain.Shared.Wire;

/// <summary>Reads the messages that only some relay rules have (<c>docs/wire.md</c>, section 13).</summary>
internal static class RuleParser
{
    /// <summary>What HELLO says of the sender's relay rule, an extension: what is not in its form counts as
    /// absent.</summary>
    public static string? RelayOf(ref FieldReader fields)
    {
        var value = fields.Find("relay"u8);
        if (value == 0 || fields.Tape[value].Kind != TokenKind.Text)
        {
            return null;
        }

        var name = CanonicalText.Decode(fields.Tape.Raw(value));
        return name.Length is > 0 and <= WireLimits.PeerIdLength ? name : null;
    }

    public static ControlMessage Read(ref FieldReader fields, MessageType type)
    {
        var sender = fields.Peer(Field.Sender);
        return type switch
        {
            MessageType.SendCompact => new SendCompact(sender, fields.Flag("unasked"u8), fields.MessageId()),
            MessageType.CompactBlock => CompactBlock(ref fields, sender),
            MessageType.GetBlockTransactions => new GetBlockTransactions(
                sender,
                fields.Hash(Field.BlockId),
                fields.Integers("indexes"u8, WireLimits.TransactionsPerBlock, WireLimits.TransactionsPerBlock - 1),
                fields.MessageId()),
            MessageType.BlockTransactions => new BlockTransactions(
                sender, fields.Hash(Field.BlockId), Transactions(ref fields), fields.MessageId()),
            MessageType.Rumours => new Rumours(
                sender, fields.Hashes(Field.BlockIds), fields.Hashes("tx_ids"u8), fields.MessageId()),
            MessageType.WantTransactions => new WantTransactions(
                sender, fields.Hashes("tx_ids"u8), fields.MessageId()),
            MessageType.Have => new Have(
                sender, fields.Hashes(Field.BlockIds), fields.Hashes("tx_ids"u8), fields.MessageId()),
            MessageType.Graft => new Graft(sender, fields.MessageId()),
            MessageType.Prune => new Prune(
                sender, fields.Integer("backoff"u8, 0, WireLimits.BackoffSeconds), fields.MessageId()),
            MessageType.Stem => StemTransaction(ref fields, sender),
            MessageType.RequestSketch => new RequestSketch(
                sender,
                Number(ref fields, "nonce"u8),
                fields.Integer("set_size"u8, 0, WireLimits.ListItems),
                fields.MessageId()),
            MessageType.Sketch => new Sketch(
                sender,
                Number(ref fields, "nonce"u8),
                fields.HexNumbers("sketch"u8, PinSketch.Digits, PinSketch.MaxCapacity),
                fields.MessageId()),
            MessageType.SketchDifference => new SketchDifference(
                sender,
                Number(ref fields, "nonce"u8),
                fields.Flag("success"u8),
                fields.HexNumbers("ask"u8, PinSketch.Digits, PinSketch.MaxCapacity),
                fields.MessageId()),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a control message."),
        };
    }

    private static CompactBlock CompactBlock(ref FieldReader fields, PeerId sender)
    {
        var (header, envelope) = (default(BlockHeader), ReadOnlyMemory<byte>.Empty);
        var token = fields.Require("block"u8, TokenKind.Object);
        if (token != 0)
        {
            var block = new FieldReader(fields.Tape, token);
            if (!block.Text(Field.Type).SequenceEqual("BLOCK"u8) || block.Find(Field.Transactions) != 0)
            {
                block.Fail(MalformedReason.WrongType);
            }

            header = MessageParser.Header(ref block);
            fields.Fail(block.Reason);
            envelope = fields.Reason == MalformedReason.None ? fields.Tape.Raw(token).ToArray() : default;
        }

        return new CompactBlock(
            sender,
            header!,
            envelope,
            Number(ref fields, "nonce"u8),
            fields.HexNumbers("short_ids"u8, ShortIds.Digits, WireLimits.TransactionsPerBlock),
            fields.MessageId());
    }

    private static StemTransaction StemTransaction(ref FieldReader fields, PeerId sender)
    {
        var token = fields.Require("tx"u8, TokenKind.Object);
        Transaction? transaction = null;
        if (token != 0)
        {
            var item = new FieldReader(fields.Tape, token);
            transaction = Transaction(ref item);
            fields.Fail(item.Reason);
        }

        return new StemTransaction(sender, transaction!, fields.MessageId());
    }

    /// <summary>64 bits in 16 digits: JSON's numbers lose digits in some languages.</summary>
    private static ulong Number(ref FieldReader fields, ReadOnlySpan<byte> name)
    {
        const int Digits = 16;
        var numbers = fields.HexNumbers(name, Digits, limit: 1);
        if (numbers.Length == 1)
        {
            return numbers[0];
        }

        fields.Fail(MalformedReason.BadString);
        return 0;
    }

    private static Transaction[] Transactions(ref FieldReader fields)
    {
        var token = fields.RequireList(Field.Transactions, WireLimits.TransactionsPerBlock, out var count);
        var transactions = new Transaction[count];
        for (var i = 0; i < count && fields.Reason == MalformedReason.None; i++)
        {
            var item = fields.NextItem(ref token);
            transactions[i] = Transaction(ref item)!;
            fields.Fail(item.Reason);
        }

        return transactions;
    }

    /// <returns>Null if it is malformed.</returns>
    private static Transaction? Transaction(ref FieldReader item)
    {
        if (!item.Text(Field.Type).SequenceEqual("TX"u8))
        {
            item.Fail(MalformedReason.WrongType);
        }

        return LedgerParser.Transaction(ref item, relay: default);
    }
}
