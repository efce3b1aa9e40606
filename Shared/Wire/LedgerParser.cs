using System.Security.Cryptography;

namespace Blockchain.Shared.Wire;

/// <summary>The general way to read TX and BLOCK: those messages that have an id to verify.</summary>
internal static class LedgerParser
{
    public static MalformedReason Transaction(
        FieldReader fields, ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept, out Message? message)
    {
        message = null;
        var id = fields.Hash("tx_id"u8);
        if (!Verify(ref fields, id, out var isValid))
        {
            return fields.Reason;
        }

        message = new Transaction(id, Keep(line, kept), isValid)
        {
            TraceParent = fields.TraceParent(),
            TraceState = fields.TraceState(),
        };
        return MalformedReason.None;
    }

    public static MalformedReason Block(
        FieldReader fields, CanonicalWriter canonical, ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept,
        out Message? message)
    {
        message = null;
        var header = MessageParser.Header(ref fields);
        var ids = new Hash256[fields.Count("transactions"u8, WireLimits.TransactionsPerBlock, out var list)];
        var isValid = fields.Reason == MalformedReason.None && HashWithoutId(canonical) == header.Id;
        var walk = new JsonWalk(list);
        for (var i = 0; i < ids.Length && fields.Reason == MalformedReason.None; i++)
        {
            walk.NextItem();
            var item = FieldReader.OfItem(walk.Value);
            if (item.RawText("type"u8) is { IsEmpty: false } type && !type.SequenceEqual("\"TX\""u8))
            {
                item.Fail(MalformedReason.WrongType);
            }

            ids[i] = item.Hash("tx_id"u8);
            Verify(ref item, ids[i], out var isTransactionValid);
            isValid &= isTransactionValid;
            fields.Fail(item.Reason);
        }

        if (fields.Reason != MalformedReason.None)
        {
            return fields.Reason;
        }

        var json = Keep(line, kept);
        isValid = isValid && !DuplicateIds.Any(ids);
        message = new Block(header, ids, ItemSpans(json.Span, "transactions"u8, ids.Length), json, isValid);
        return MalformedReason.None;
    }

    /// <summary>Where the value of a field stands in JSON that is valid and has it. Keys may be written with escapes.</summary>
    public static (int Start, int End) Locate(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var walk = new JsonWalk(json);
        var scratch = new ByteScratch(key.Length);
        try
        {
            while (walk.NextMember())
            {
                scratch.Truncate(0);
                var at = 1;
                CanonicalString.Copy(walk.Key, ref at, ref scratch);
                if (scratch.Written[1..^1].SequenceEqual(key))
                {
                    return walk.Span;
                }
            }
        }
        finally
        {
            scratch.Dispose();
        }

        throw new ArgumentException("The object has no such field.", nameof(key));
    }

    /// <summary>Writes the five fields that <c>tx_id</c> covers, from values in canonical form.</summary>
    public static void WriteHashed(
        ref ByteScratch output, ReadOnlySpan<byte> amount, ReadOnlySpan<byte> from, ReadOnlySpan<byte> timestamp,
        ReadOnlySpan<byte> to)
    {
        output.Append("{\"amount\": "u8);
        output.Append(amount);
        output.Append(", \"from\": "u8);
        output.Append(from);
        output.Append(", \"timestamp\": "u8);
        output.Append(timestamp);
        output.Append(", \"to\": "u8);
        output.Append(to);
        output.Append(", \"type\": \"TX\"}"u8);
    }

    public static Hash256 HashOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[Hash256.ByteLength];
        SHA256.HashData(text, hash);
        return new Hash256(hash);
    }

    private static bool Verify(ref FieldReader fields, Hash256 id, out bool isValid)
    {
        var amount = fields.RawNumber("amount"u8);
        var from = fields.RawText("from"u8);
        var timestamp = fields.RawNumber("timestamp"u8);
        var to = fields.RawText("to"u8);
        isValid = false;
        if (fields.Reason != MalformedReason.None)
        {
            return false;
        }

        var hashed = new ByteScratch(amount.Length + from.Length + timestamp.Length + to.Length + 80);
        WriteHashed(ref hashed, amount, from, timestamp, to);
        isValid = HashOf(hashed.Written) == id;
        hashed.Dispose();
        return true;
    }

    private static Hash256 HashWithoutId(CanonicalWriter canonical)
    {
        var text = canonical.Written;
        var hashed = new ByteScratch(text.Length);
        foreach (var member in canonical.Members)
        {
            if (!text[member.Start..member.KeyEnd].SequenceEqual("\"block_id\""u8))
            {
                hashed.Append(hashed.Length == 0 ? "{"u8 : ", "u8);
                hashed.Append(text[member.Start..member.End]);
            }
        }

        hashed.Append((byte)'}');
        var hash = HashOf(hashed.Written);
        hashed.Dispose();
        return hash;
    }

    private static int[] ItemSpans(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key, int count)
    {
        var (start, end) = Locate(json, key);
        var spans = new int[count * 2];
        var walk = new JsonWalk(json[start..end]);
        for (var i = 0; i < count; i++)
        {
            walk.NextItem();
            spans[2 * i] = start + walk.Span.Start;
            spans[(2 * i) + 1] = start + walk.Span.End;
        }

        return spans;
    }

    /// <summary>The bytes that a message keeps: a copy, unless the caller has them for good.</summary>
    public static ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept) =>
        kept.IsEmpty ? line.Trim(" \t\r\n"u8).ToArray() : kept;
}
