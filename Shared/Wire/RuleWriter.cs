using System.Globalization;

namespace Blockchain.Shared.Wire;

/// <summary>Writes what only some relay rules have (<c>docs/wire.md</c>, section 13).</summary>
internal static class RuleWriter
{
    public static void WriteRelay(ref PooledBytes output, string? relay)
    {
        if (relay is not null)
        {
            output.Append(", \"relay\": "u8);
            CanonicalText.Write(relay, ref output);
        }
    }

    public static void WriteFields(ref PooledBytes output, ControlMessage message)
    {
        switch (message)
        {
            case SendCompact { Unasked: var unasked }:
                output.Append(unasked ? ", \"unasked\": true"u8 : ", \"unasked\": false"u8);
                break;
            case CompactBlock block:
                output.Append(", \"block\": "u8);
                output.Append(block.Envelope.Span);
                WriteHex(ref output, ", \"nonce\": "u8, [block.Nonce], "x16");
                WriteHex(ref output, ", \"short_ids\": "u8, block.ShortIds, "x12");
                break;
            case GetBlockTransactions request:
                WriteBlockId(ref output, request.BlockId);
                WriteNumbers(ref output, ", \"indexes\": ["u8, request.Indexes);
                break;
            case BlockTransactions answer:
                WriteBlockId(ref output, answer.BlockId);
                WriteTransactions(ref output, answer.Transactions);
                break;
            case Rumours rumours:
                MessageWriter.WriteIds(ref output, ", \"block_ids\": "u8, rumours.BlockIds);
                MessageWriter.WriteIds(ref output, ", \"tx_ids\": "u8, rumours.TransactionIds);
                break;
            case Have have:
                MessageWriter.WriteIds(ref output, ", \"block_ids\": "u8, have.BlockIds);
                MessageWriter.WriteIds(ref output, ", \"tx_ids\": "u8, have.TransactionIds);
                break;
            case Prune prune:
                output.Append(", \"backoff\": "u8);
                MessageWriter.WriteAscii(ref output, prune.BackoffSeconds.ToString(CultureInfo.InvariantCulture));
                break;
            case StemTransaction stem:
                output.Append(", \"tx\": "u8);
                output.Append(stem.Transaction.Json.Span);
                break;
            case RequestSketch request:
                WriteHex(ref output, ", \"nonce\": "u8, [request.Nonce], "x16");
                output.Append(", \"set_size\": "u8);
                MessageWriter.WriteAscii(ref output, request.SetSize.ToString(CultureInfo.InvariantCulture));
                break;
            case Sketch sketch:
                WriteHex(ref output, ", \"nonce\": "u8, [sketch.Nonce], "x16");
                WriteHex(ref output, ", \"sketch\": "u8, sketch.Sums, "x8");
                break;
            case SketchDifference difference:
                WriteHex(ref output, ", \"nonce\": "u8, [difference.Nonce], "x16");
                output.Append(difference.IsSuccess ? ", \"success\": true"u8 : ", \"success\": false"u8);
                WriteHex(ref output, ", \"ask\": "u8, difference.Asked, "x8");
                break;
            case WantTransactions wanted:
                MessageWriter.WriteIds(ref output, ", \"tx_ids\": "u8, wanted.TransactionIds);
                break;
        }
    }

    private static void WriteBlockId(ref PooledBytes output, Hash256 id)
    {
        output.Append(", \"block_id\": "u8);
        MessageWriter.WriteId(ref output, id);
    }

    private static void WriteHex(
        ref PooledBytes output, ReadOnlySpan<byte> key, IReadOnlyList<ulong> numbers, string format)
    {
        output.Append(key);
        output.Append((byte)'"');
        for (var i = 0; i < numbers.Count; i++)
        {
            MessageWriter.WriteAscii(ref output, numbers[i].ToString(format, CultureInfo.InvariantCulture));
        }

        output.Append((byte)'"');
    }

    private static void WriteNumbers(ref PooledBytes output, ReadOnlySpan<byte> key, IReadOnlyList<int> numbers)
    {
        output.Append(key);
        for (var i = 0; i < numbers.Count; i++)
        {
            output.Append(i > 0 ? ", "u8 : default);
            MessageWriter.WriteAscii(ref output, numbers[i].ToString(CultureInfo.InvariantCulture));
        }

        output.Append((byte)']');
    }

    private static void WriteTransactions(ref PooledBytes output, IReadOnlyList<Transaction> transactions)
    {
        output.Append(", \"transactions\": ["u8);
        for (var i = 0; i < transactions.Count; i++)
        {
            output.Append(i > 0 ? ", "u8 : default);
            output.Append(transactions[i].Json.Span);
        }

        output.Append((byte)']');
    }
}
