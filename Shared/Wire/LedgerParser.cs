using System.Runtime.CompilerServices;

namespace Blockchain.Shared.Wire;

/// <summary>Reads TX and BLOCK, the messages that have an id to verify.</summary>
internal static class LedgerParser
{
    private const uint CoveredByTransactionId = 1u << (int)Field.Amount | 1u << (int)Field.From
        | 1u << (int)Field.Timestamp | 1u << (int)Field.To | 1u << (int)Field.Type;

    public static Transaction? Transaction(ref FieldReader fields, ReadOnlyMemory<byte> relay)
    {
        var id = fields.Hash(Field.TxId);
        var covered = new PooledBytes(256);
        WriteCovered(ref fields, ref covered);
        var isValid = fields.Reason == MalformedReason.None && Hash256.Compute(covered.Written) == id;
        covered.Dispose();
        if (fields.Reason != MalformedReason.None)
        {
            return null;
        }

        var (traceParent, traceState) = fields.Trace();
        return new Transaction(id, fields.Keep(relay), isValid) { TraceParent = traceParent, TraceState = traceState };
    }

    // Not inlined, as what it puts on the stack would be cleared for each TX.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Block? Block(ref FieldReader fields, ReadOnlyMemory<byte> relay)
    {
        var header = MessageParser.Header(ref fields);
        var list = fields.RequireList(Field.Transactions, WireLimits.TransactionsPerBlock, out var count);
        if (fields.Reason != MalformedReason.None)
        {
            return null;
        }

        var (ids, spans) = (new Hash256[count], new int[2 * count]);
        var isValid = ReadTransactions(ref fields, list, ids, spans);
        if (fields.Reason != MalformedReason.None)
        {
            return null;
        }

        Assertions.That(
            !Assertions.AreOn || AreInOrder(spans, fields.Tape.Raw(fields.Container).Length),
            "Transactions are side by side.");
        isValid = isValid && BlockId(fields.Tape, fields.Container) == header.Id;
        return new Block(header, ids, spans, fields.Keep(relay), isValid);
    }

    /// <summary>The hash of what <c>block_id</c> covers: all of the block but itself.</summary>
    public static Hash256 BlockId(JsonTape tape, int block)
    {
        var covered = new PooledBytes(tape.Raw(block).Length * 9 / 8);
        new CanonicalWriter(tape, ref covered).WriteObject(block, without: 1u << (int)Field.BlockId);
        var id = Hash256.Compute(covered.Written);
        covered.Dispose();
        return id;
    }

    /// <summary>Writes what <c>tx_id</c> covers, unless one of the fields is missing or of another type.</summary>
    public static void WriteCovered(ref FieldReader fields, ref PooledBytes output)
    {
        fields.Require(Field.Amount, TokenKind.Number);
        fields.Require(Field.From, TokenKind.Text);
        fields.Require(Field.Timestamp, TokenKind.Number);
        fields.Require(Field.To, TokenKind.Text);
        if (fields.Reason == MalformedReason.None)
        {
            fields.WriteFields(CoveredByTransactionId, ref output);
        }
    }

    /// <returns>Whether all ids are the right hashes.</returns>
    private static bool ReadTransactions(ref FieldReader fields, int list, Hash256[] ids, int[] spans)
    {
        var (token, offset) = (list, fields.Tape[fields.Container].Start);
        var covered = new PooledBytes(Sha256Lanes.Lanes * 128);
        Span<int> ends = stackalloc int[Sha256Lanes.Lanes];
        var isValid = true;
        for (var i = 0; i < ids.Length && fields.Reason == MalformedReason.None; i++)
        {
            var transaction = fields.NextItem(ref token);
            if (!transaction.Text(Field.Type).SequenceEqual("TX"u8))
            {
                transaction.Fail(MalformedReason.WrongType);
            }

            ids[i] = transaction.Hash(Field.TxId);
            WriteCovered(ref transaction, ref covered);
            fields.Fail(transaction.Reason);
            spans[2 * i] = fields.Tape[token].Start - offset;
            spans[(2 * i) + 1] = fields.Tape[token].End - offset;

            var lane = i % Sha256Lanes.Lanes;
            ends[lane] = covered.Length;
            if (lane == Sha256Lanes.Lanes - 1 || i == ids.Length - 1)
            {
                isValid &= Sha256Lanes.AreHashes(covered.Written, ends[..(lane + 1)], ids.AsSpan(i - lane, lane + 1));
                covered.Truncate(0);
            }
        }

        covered.Dispose();
        return isValid;
    }

    private static bool AreInOrder(int[] spans, int length)
    {
        var (isInOrder, last) = (true, 0);
        foreach (var place in spans)
        {
            isInOrder &= last < place && place < length;
            last = place;
        }

        return isInOrder;
    }
}
