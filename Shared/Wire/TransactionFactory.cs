using System.Globalization;

namespace Blockchain.Shared.Wire;

/// <summary>Makes transactions of this peer's own, with the right id.</summary>
public static class TransactionFactory
{
    /// <param name="timestamp">Unix seconds; finite.</param>
    /// <param name="traceparent">W3C trace context to travel along, outside what the id covers.</param>
    /// <exception cref="ArgumentException">A name contains a lone surrogate, or the timestamp is not finite.</exception>
    public static Transaction Create(
        string from, string to, long amount, double timestamp, string? traceparent = null)
    {
        var text = new ByteScratch(32);
        amount.TryFormat(text.Append(20), out var length, default, CultureInfo.InvariantCulture);
        text.Truncate(length);
        return Create(from, to, text, timestamp, traceparent);
    }

    /// <summary>As above; an amount with a fraction is sent as a double, as the wire knows no other.</summary>
    /// <inheritdoc cref="Create(string, string, long, double, string?)"/>
    public static Transaction Create(
        string from, string to, decimal amount, double timestamp, string? traceparent = null)
    {
        var text = new ByteScratch(32);
        if (decimal.IsInteger(amount))
        {
            decimal.Truncate(amount).TryFormat(text.Append(31), out var length, "F0", CultureInfo.InvariantCulture);
            text.Truncate(length);
        }
        else
        {
            CanonicalNumber.Write((double)amount, ref text);
        }

        return Create(from, to, text, timestamp, traceparent);
    }

    /// <summary>The same transaction with another trace context, as it is handed on. All else it says is kept.</summary>
    /// <exception cref="ArgumentException">The transaction was not made from a TX line.</exception>
    public static Transaction WithTrace(Transaction transaction, string traceparent, string? tracestate)
    {
        var writer = new CanonicalWriter(transaction.Json.Span);
        var output = new ByteScratch(transaction.Json.Length + 128);
        try
        {
            if (writer.Run() != MalformedReason.None)
            {
                throw new ArgumentException("It was not made from a TX line.", nameof(transaction));
            }

            foreach (var member in writer.Members)
            {
                var key = writer.Written[member.Start..member.KeyEnd];
                if (!key.SequenceEqual("\"traceparent\""u8) && !key.SequenceEqual("\"tracestate\""u8))
                {
                    output.Append(output.Length == 0 ? "{"u8 : ", "u8);
                    output.Append(writer.Written[member.Start..member.End]);
                }
            }

            MessageWriter.WriteTrace(ref output, traceparent, tracestate);
            output.Append((byte)'}');
            return transaction with
            {
                Json = output.Written.ToArray(),
                TraceParent = traceparent,
                TraceState = tracestate,
            };
        }
        finally
        {
            writer.Dispose();
            output.Dispose();
        }
    }

    private static Transaction Create(
        string fromName, string toName, ByteScratch amount, double timestamp, string? traceparent)
    {
        var values = new ByteScratch(128);
        var output = new ByteScratch(384);
        try
        {
            if (!double.IsFinite(timestamp))
            {
                throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Not a number of seconds.");
            }

            CanonicalString.Write(fromName, ref values);
            var toStart = values.Length;
            CanonicalString.Write(toName, ref values);
            var timestampStart = values.Length;
            CanonicalNumber.Write(timestamp, ref values);
            var from = values.Written[..toStart];
            var to = values.Written[toStart..timestampStart];
            var seconds = values.Written[timestampStart..];

            LedgerParser.WriteHashed(ref output, amount.Written, from, seconds, to);
            var id = LedgerParser.HashOf(output.Written);
            output.Truncate(0);
            WriteFields(ref output, id, from, to, amount.Written, seconds);
            MessageWriter.WriteTrace(ref output, traceparent, traceState: null);
            output.Append((byte)'}');
            return new Transaction(id, output.Written.ToArray(), HasValidId: true) { TraceParent = traceparent };
        }
        finally
        {
            amount.Dispose();
            values.Dispose();
            output.Dispose();
        }
    }

    /// <summary>Writes the six fields of a TX in the order of the wire, without the closing brace.</summary>
    internal static void WriteFields(
        ref ByteScratch output, Hash256 id, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, ReadOnlySpan<byte> amount,
        ReadOnlySpan<byte> timestamp)
    {
        output.Append("{\"type\": \"TX\", \"tx_id\": "u8);
        MessageWriter.WriteId(ref output, id);
        output.Append(", \"from\": "u8);
        output.Append(from);
        output.Append(", \"to\": "u8);
        output.Append(to);
        output.Append(", \"amount\": "u8);
        output.Append(amount);
        output.Append(", \"timestamp\": "u8);
        output.Append(timestamp);
    }
}
