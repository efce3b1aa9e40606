using System.Globalization;

namespace Blockchain.Shared.Wire;

/// <summary>Makes transactions of this peer's own, with the right id.</summary>
public static class TransactionFactory
{
    /// <param name="amount">With a fraction it is sent as a double, as the wire knows no other.</param>
    /// <param name="timestamp">Unix seconds; finite.</param>
    /// <param name="traceparent">W3C trace context to travel along, outside what the id covers.</param>
    /// <exception cref="ArgumentException">A name contains a lone surrogate, or the timestamp is not
    /// finite.</exception>
    public static Transaction Create(
        string from, string to, decimal amount, double timestamp, string? traceparent = null)
    {
        if (!double.IsFinite(timestamp))
        {
            throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Not a number of seconds.");
        }

        var covered = new PooledBytes(192);
        var output = new PooledBytes(384);
        try
        {
            covered.Append("{\"amount\": "u8);
            WriteAmount(amount, ref covered);
            covered.Append(", \"from\": "u8);
            CanonicalText.Write(from, ref covered);
            covered.Append(", \"timestamp\": "u8);
            CanonicalNumber.Write(timestamp, ref covered);
            covered.Append(", \"to\": "u8);
            CanonicalText.Write(to, ref covered);
            covered.Append(", \"type\": \"TX\"}"u8);

            var id = Hash256.Compute(covered.Written);
            using var tape = JsonTape.Read(covered.Written);
            WriteFields(tape, id, ref output);
            MessageWriter.WriteTrace(ref output, traceparent, traceState: null);
            output.Append((byte)'}');
            var json = output.Written.ToArray();
            var transaction = new Transaction(id, json, HasValidId: true) { TraceParent = traceparent };
            Assertions.That(!Assertions.AreOn || ReadsBack(transaction), "What is made reads back as itself.");
            return transaction;
        }
        finally
        {
            covered.Dispose();
            output.Dispose();
        }
    }

    /// <summary>
    /// The same transaction with another trace context, as it is handed on. All else it says is kept.
    /// </summary>
    /// <exception cref="ArgumentException">The transaction was not made from a TX line.</exception>
    public static Transaction WithTrace(Transaction transaction, string traceparent, string? tracestate)
    {
        using var tape = JsonTape.Read(transaction.Json.Span);
        var output = new PooledBytes(transaction.Json.Length + 128);
        const uint Trace = 1u << (int)Field.TraceParent | 1u << (int)Field.TraceState;
        new CanonicalWriter(ReadFields(tape).Tape, ref output).WriteObject(token: 0, without: Trace);
        output.Truncate(output.Length - 1);
        MessageWriter.WriteTrace(ref output, traceparent, tracestate);
        output.Append((byte)'}');
        var json = output.Written.ToArray();
        output.Dispose();
        var traced = transaction with { Json = json, TraceParent = traceparent, TraceState = tracestate };
        Assertions.That(!Assertions.AreOn || ReadsBack(traced), "What is handed on reads back as itself.");
        return traced;
    }

    /// <summary>Writes the six fields of a TX in the order of the wire, without the closing brace.</summary>
    /// <exception cref="ArgumentException">There are no such fields on the tape.</exception>
    internal static void WriteFields(JsonTape tape, Hash256 id, ref PooledBytes output)
    {
        output.Append("{\"type\": \"TX\", \"tx_id\": "u8);
        MessageWriter.WriteId(ref output, id);
        var fields = ReadFields(tape);
        foreach (var field in (ReadOnlySpan<Field>)[Field.From, Field.To, Field.Amount, Field.Timestamp])
        {
            var value = fields.Find(field);
            output.Append(", "u8);
            new CanonicalWriter(tape, ref output).WriteMember(value != 0 ? value : throw NotATransaction());
        }
    }

    private static bool ReadsBack(Transaction made) =>
        MessageCodec.Read(made.Json.Span, out var message, out _) == ReadOutcome.Message
        && message is Transaction read && read.Id == made.Id && (read.HasValidId || !made.HasValidId)
        && read.Json.Span.SequenceEqual(made.Json.Span);

    private static FieldReader ReadFields(JsonTape tape) =>
        tape.Reason == MalformedReason.None && tape[0].Kind == TokenKind.Object
            ? new FieldReader(tape, container: 0)
            : throw NotATransaction();

    private static ArgumentException NotATransaction() => new("It was not made from a TX line.");

    private static void WriteAmount(decimal amount, ref PooledBytes output)
    {
        const int LongestInteger = 30;
        if (!decimal.IsInteger(amount))
        {
            CanonicalNumber.Write((double)amount, ref output);
            return;
        }

        var start = output.Length;
        decimal.Truncate(amount)
            .TryFormat(output.Append(LongestInteger), out var length, "F0", CultureInfo.InvariantCulture);
        output.Truncate(start + length);
    }
}
