namespace Blockchain.Shared.Wire;

/// <summary>The values of a TX, each a slice of the line that is in canonical form as it stands; strings with quotes.</summary>
internal ref struct PlainTransaction
{
    private const int FieldCount = 6;

    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _type;
    private ReadOnlySpan<byte> _amount;
    private ReadOnlySpan<byte> _from;
    private ReadOnlySpan<byte> _timestamp;
    private ReadOnlySpan<byte> _to;

    public Hash256 Id { get; private set; }

    public ReadOnlySpan<byte> TraceParent { get; private set; }

    public ReadOnlySpan<byte> TraceState { get; private set; }

    private readonly int TraceFields => (TraceParent.IsEmpty ? 0 : 1) + (TraceState.IsEmpty ? 0 : 1);

    /// <summary>Reads an object of exactly the six fields, in any order; false when unsure.</summary>
    /// <param name="mayHaveTrace">Whether a trace context may stand with them.</param>
    public static bool TryScan(ref PlainScanner scanner, bool mayHaveTrace, out PlainTransaction transaction)
    {
        transaction = default;
        PlainTransaction result = default;
        if (!scanner.Take((byte)'{'))
        {
            return false;
        }

        var count = 0;
        do
        {
            if (!scanner.String(out var key) || !scanner.Take((byte)':') || !result.TryScan(key, ref scanner))
            {
                return false;
            }

            count++;
        }
        while (scanner.Take((byte)','));

        // Each field is taken once only, so that with the right count none is missing.
        if (count - result.TraceFields != FieldCount || !scanner.Take((byte)'}')
            || (!mayHaveTrace && result.TraceFields > 0)
            || !Hash256.TryParse(result._id[1..^1], out var id))
        {
            return false;
        }

        result.Id = id;
        transaction = result;
        return true;
    }

    /// <summary>Writes the text that <c>tx_id</c> is the hash of.</summary>
    public readonly void WriteHashed(ref ByteScratch output) =>
        LedgerParser.WriteHashed(ref output, _amount, _from, _timestamp, _to);

    /// <summary>
    /// Writes the canonical form of the whole object over that of the five hashed fields, which it is but for the
    /// id between <c>to</c> and <c>type</c>.
    /// </summary>
    public readonly void AddId(ref ByteScratch output)
    {
        output.Truncate(output.Length - ", \"type\": \"TX\"}"u8.Length);
        output.Append(", \"tx_id\": "u8);
        output.Append(_id);
        output.Append(", \"type\": \"TX\"}"u8);
    }

    private bool TryScan(scoped ReadOnlySpan<byte> key, ref PlainScanner scanner)
    {
        switch (key.Length - 2)
        {
            case 2 when key.SequenceEqual("\"to\""u8):
                return _to.IsEmpty && scanner.String(out _to);
            case 4 when key.SequenceEqual("\"from\""u8):
                return _from.IsEmpty && scanner.String(out _from);
            case 4 when key.SequenceEqual("\"type\""u8):
                return _type.IsEmpty && scanner.String(out _type) && _type.SequenceEqual("\"TX\""u8);
            case 5 when key.SequenceEqual("\"tx_id\""u8):
                return _id.IsEmpty && scanner.Id(out _id);
            case 6 when key.SequenceEqual("\"amount\""u8):
                return _amount.IsEmpty && scanner.Number(out _amount);
            case 9 when key.SequenceEqual("\"timestamp\""u8):
                return _timestamp.IsEmpty && scanner.Number(out _timestamp);
            case 10 when key.SequenceEqual("\"tracestate\""u8):
                if (!TraceState.IsEmpty || !scanner.String(out var traceState))
                {
                    return false;
                }

                TraceState = traceState;
                return true;
            case 11 when key.SequenceEqual("\"traceparent\""u8):
                if (!TraceParent.IsEmpty || !scanner.String(out var traceParent))
                {
                    return false;
                }

                TraceParent = traceParent;
                return true;
            default:
                return false;
        }
    }
}
