using System.Globalization;
using System.Text;

namespace Blockchain.Shared.Wire;

/// <summary>Makes blocks of this peer's own.</summary>
public static class BlockFactory
{
    /// <summary>A block with the right id.</summary>
    /// <param name="timestamp">Unix seconds; finite.</param>
    /// <param name="previous">The parent, or <see cref="Hash256.Genesis"/>.</param>
    /// <param name="transactions">
    /// Written with just the six fields of a TX: a trace context must not get into what the block's id covers.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The timestamp is not finite, or there are more transactions than a block may have.
    /// </exception>
    public static Block Create(
        PeerId sender, double timestamp, Hash256 previous, IReadOnlyList<Transaction> transactions) =>
        Create(sender, timestamp, previous, transactions, falseId: null);

    /// <summary>The same with a false id, as a malicious peer makes it.</summary>
    /// <inheritdoc cref="Create(PeerId, double, Hash256, IReadOnlyList{Transaction})"/>
    public static Block CreateForged(
        PeerId sender, double timestamp, Hash256 previous, IReadOnlyList<Transaction> transactions, Hash256 falseId) =>
        Create(sender, timestamp, previous, transactions, falseId);

    /// <summary>The same with its maker's signature, which the id covers, and with those of its transactions.</summary>
    /// <param name="header">Maker, timestamp and parent; of the id nothing is taken.</param>
    /// <param name="falseId">Null: the right one.</param>
    /// <param name="sign">Signs the JSON of the block, given without signature and id.</param>
    internal static Block CreateSigned(
        BlockHeader header,
        IReadOnlyList<Transaction> transactions,
        Hash256? falseId,
        Func<ReadOnlyMemory<byte>, Signature> sign) =>
        Create(header.Sender, header.Timestamp, header.PreviousId, transactions, falseId, sign);

    /// <summary>A block of our own with a nonce as well.</summary>
    /// <param name="id">That of the block with the nonce.</param>
    internal static Block WithNonce(Block template, ulong nonce, Hash256 id)
    {
        // ..., "block_id": "64 digits"}
        const int idLength = 15 + Hash256.HexLength + 2;
        var json = new PooledBytes(template.Json.Length + 64);
        try
        {
            json.Append(template.Json.Span[..^idLength]);
            json.Append(", \"work_nonce\": "u8);
            var digits = nonce.ToString(CultureInfo.InvariantCulture);
            Encoding.ASCII.GetBytes(digits, json.Append(digits.Length));
            return Finish(ref json, id);
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>All of a block but its transactions, as a JSON object in canonical form.</summary>
    internal static byte[] EnvelopeOf(Block block)
    {
        using var tape = JsonTape.Read(block.Json.Span);
        var output = new PooledBytes(WireLimits.BlockEnvelope);
        try
        {
            new CanonicalWriter(tape, ref output).WriteObject(token: 0, without: 1u << (int)Field.Transactions);
            return output.Written.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>Whether the maker of the block with this envelope has signed it, and so its transactions too.</summary>
    internal static bool IsSigned(ReadOnlySpan<byte> envelope)
    {
        using var tape = JsonTape.Read(envelope);
        return new FieldReader(tape, container: 0).SignatureIfAny() is not null;
    }

    /// <summary>A transaction as the blocks that are made here have it.</summary>
    internal static byte[] InBlock(Transaction transaction, bool isSigned)
    {
        var json = new PooledBytes(transaction.Json.Length);
        try
        {
            WriteTransaction(ref json, transaction, isSigned);
            return json.Written.ToArray();
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>Puts a block together again.</summary>
    /// <returns>Null if that is no block with the right ids.</returns>
    internal static Block? Assemble(ReadOnlySpan<byte> envelope, IReadOnlyList<ReadOnlyMemory<byte>> transactions)
    {
        var json = new PooledBytes(envelope.Length + 32 + transactions.Sum(transaction => transaction.Length + 2));
        try
        {
            json.Append(envelope[..^1]);
            json.Append(", \"transactions\": ["u8);
            for (var i = 0; i < transactions.Count; i++)
            {
                json.Append(i > 0 ? ", "u8 : default);
                json.Append(transactions[i].Span);
            }

            json.Append("]}"u8);
            return MessageCodec.Read(json.Written, out var message, out _) == ReadOutcome.Message
                && message is Block { HasValidId: true } block ? block : null;
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>Whether a transaction has at most so many bytes as it stands in a block.</summary>
    public static bool Fits(Transaction transaction, int maxBytes) =>
        MostBytes(transaction) <= maxBytes || BytesOf(transaction) <= maxBytes;

    /// <summary>The first ones of a list that have at most so many bytes together, as they stand in a block.</summary>
    public static ArraySegment<Transaction> Fitting(Transaction[] transactions, int maxBytes)
    {
        if (transactions.Sum(MostBytes) <= maxBytes)
        {
            return transactions;
        }

        long bytes = 0;
        var count = 0;
        while (count < transactions.Length && (bytes += BytesOf(transactions[count])) <= maxBytes)
        {
            count++;
        }

        return transactions[..count];
    }

    /// <summary>
    /// What it can come to: a block has it in canonical form, where a byte of a text becomes six at most (""),
    /// and each of two numbers grows by some digits.
    /// </summary>
    private static long MostBytes(Transaction transaction) => 64 + (6L * transaction.Json.Length);

    private static int BytesOf(Transaction transaction)
    {
        const int Separator = 2;
        var json = new PooledBytes(transaction.Json.Length + Separator);
        try
        {
            WriteTransaction(ref json, transaction, isSigned: true);
            return json.Length + Separator;
        }
        finally
        {
            json.Dispose();
        }
    }

    private static Block Create(
        PeerId sender,
        double timestamp,
        Hash256 previous,
        IReadOnlyList<Transaction> transactions,
        Hash256? falseId,
        Func<ReadOnlyMemory<byte>, Signature>? sign = null)
    {
        if (!double.IsFinite(timestamp))
        {
            throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Not a number of seconds.");
        }

        var json = new PooledBytes(256 + (transactions.Count * 224));
        try
        {
            WriteWithoutId(ref json, sender, timestamp, previous, transactions, isSigned: sign is not null);
            if (sign is not null)
            {
                var signature = sign(json.Buffer.AsMemory(0, json.Length));
                json.Truncate(json.Length - 1);
                MessageWriter.WriteSignature(ref json, signature);
                json.Append((byte)'}');
            }

            var id = falseId ?? IdOf(json.Written);
            json.Truncate(json.Length - 1);
            var block = Finish(ref json, id);
            Assertions.That(block.PreviousId == previous, "What is made reads back as itself.");
            Assertions.That(block.TransactionIds.Length == transactions.Count, "It has what was put in.");
            return block;
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>
    /// Puts the id behind the other fields, and reads the whole back: that gives offsets and validity by the one rule
    /// that all blocks are judged by.
    /// </summary>
    /// <param name="json">Without the closing brace.</param>
    private static Block Finish(ref PooledBytes json, Hash256 id)
    {
        json.Append(", \"block_id\": "u8);
        MessageWriter.WriteId(ref json, id);
        json.Append((byte)'}');
        var outcome = MessageCodec.Read(json.Written, out var message, out var reason);
        if (outcome != ReadOutcome.Message)
        {
            throw new ArgumentException($"Such a block cannot be sent: {reason}.");
        }

        var block = (Block)message!;
        Assertions.That(block.Id == id, "What is made reads back as itself.");
        return block;
    }

    private static void WriteWithoutId(
        ref PooledBytes json, PeerId sender, double timestamp, Hash256 previous,
        IReadOnlyList<Transaction> transactions, bool isSigned)
    {
        json.Append("{\"type\": \"BLOCK\", \"sender\": "u8);
        CanonicalText.Write(sender.Value, ref json);
        json.Append(", \"timestamp\": "u8);
        CanonicalNumber.Write(timestamp, ref json);
        json.Append(", \"previous_block_id\": "u8);
        MessageWriter.WriteId(ref json, previous);
        json.Append(", \"transactions\": ["u8);
        for (var i = 0; i < transactions.Count; i++)
        {
            if (i > 0)
            {
                json.Append(", "u8);
            }

            WriteTransaction(ref json, transactions[i], isSigned);
        }

        json.Append("]}"u8);
    }

    private static void WriteTransaction(ref PooledBytes json, Transaction transaction, bool isSigned)
    {
        using var tape = JsonTape.Read(transaction.Json.Span);
        TransactionFactory.WriteFields(tape, transaction.Id, ref json);
        if (isSigned && new FieldReader(tape, container: 0).SignatureIfAny() is { } signature)
        {
            MessageWriter.WriteSignature(ref json, signature);
        }

        json.Append((byte)'}');
    }

    private static Hash256 IdOf(ReadOnlySpan<byte> withoutId)
    {
        using var tape = JsonTape.Read(withoutId);
        return LedgerParser.BlockId(tape, block: 0);
    }
}
