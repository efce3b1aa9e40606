
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
            WriteTransaction(ref json, transaction);
            return json.Length + Separator;
        }
        finally
        {
            json.Dispose();
        }
    }

    private static Block Create(
        PeerId sender, double timestamp, Hash256 previous, IReadOnlyList<Transaction> transactions, Hash256? falseId)
    {
        if (!double.IsFinite(timestamp))
        {
            throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Not a number of seconds.");
        }

        var json = new PooledBytes(256 + (transactions.Count * 224));
        try
        {
            WriteWithoutId(ref json, sender, timestamp, previous, transactions);
            var id = falseId ?? IdOf(json.Written);
            json.Truncate(json.Length - 1);
            json.Append(", \"block_id\": "u8);
            MessageWriter.WriteId(ref json, id);
            json.Append((byte)'}');

            // Reading it back gives offsets and validity by the one rule that all blocks are judged by.
            var outcome = MessageCodec.Read(json.Written, out var message, out var reason);
            if (outcome != ReadOutcome.Message)
            {
                throw new ArgumentException($"Such a block cannot be sent: {reason}.");
            }

            var block = (Block)message!;
            Assertions.That(block.Id == id && block.PreviousId == previous, "What is made reads back as itself.");
            Assertions.That(block.TransactionIds.Length == transactions.Count, "It has what was put in.");
            return block;
        }
        finally
        {
            json.Dispose();
        }
    }

    private static void WriteWithoutId(
        ref PooledBytes json, PeerId sender, double timestamp, Hash256 previous,
        IReadOnlyList<Transaction> transactions)
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

            WriteTransaction(ref json, transactions[i]);
        }

        json.Append("]}"u8);
    }

    private static void WriteTransaction(ref PooledBytes json, Transaction transaction)
    {
        using var tape = JsonTape.Read(transaction.Json.Span);
        TransactionFactory.WriteFields(tape, transaction.Id, ref json);
        json.Append((byte)'}');
    }

    private static Hash256 IdOf(ReadOnlySpan<byte> withoutId)
    {
        using var tape = JsonTape.Read(withoutId);
        return LedgerParser.BlockId(tape, block: 0);
    }
}
