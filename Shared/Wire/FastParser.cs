using System.Text;

namespace Blockchain.Shared.Wire;

/// <summary>
/// The quick way to read TX and BLOCK lines whose values are in canonical form already, as almost all are: ids are
/// computed from slices of the line. Says false whenever it is unsure; what it reads, <see cref="MessageParser"/> would
/// read alike.
/// </summary>
internal static class FastParser
{
    public static bool TryParse(ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept, out Message? message) =>
        TryParseTransaction(line, kept, out message) || PlainBlock.TryParse(line, kept, out message);

    private static bool TryParseTransaction(ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept, out Message? message)
    {
        message = null;
        var scanner = new PlainScanner(line);
        if (!PlainTransaction.TryScan(ref scanner, mayHaveTrace: true, out var transaction) || !scanner.IsAtEnd)
        {
            return false;
        }

        var hashed = new ByteScratch(line.Length + 64);
        transaction.WriteHashed(ref hashed);
        var isValid = LedgerParser.HashOf(hashed.Written) == transaction.Id;
        hashed.Dispose();
        var isTraced = FieldReader.IsTraceParent(transaction.TraceParent);
        message = new Transaction(transaction.Id, LedgerParser.Keep(line, kept), isValid)
        {
            TraceParent = isTraced ? Encoding.ASCII.GetString(transaction.TraceParent[1..^1]) : null,
            TraceState = isTraced && FieldReader.IsTraceState(transaction.TraceState)
                ? Encoding.ASCII.GetString(transaction.TraceState[1..^1])
                : null,
        };
        return true;
    }
}
