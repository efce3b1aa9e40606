using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>Canonical form (W11 to W14 of docs/wire.md) and the ids that follow from it.</summary>
public static class Canonical
{
    /// <summary>What Python's json.dumps(value, sort_keys=True) writes.</summary>
    public static string Text(JsonNode? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>SHA-256 of the canonical form, 64 hexadecimal digits.</summary>
    public static string Hash(JsonNode value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text(value))));

    public static string TransactionId(JsonObject tx) => Hash(new JsonObject(
        new[] { "type", "from", "to", "amount", "timestamp" }
            .Select(key => KeyValuePair.Create(key, tx[key]?.DeepClone()))));

    public static string BlockId(JsonObject block) => Hash(new JsonObject(
        block.Where(field => field.Key != "block_id")
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));

    /// <summary>Whether a TX or BLOCK, or what a RELAY carries, has the ids that it should have (W51, W52).</summary>
    public static bool HasRightIds(JsonObject message) => message.Word("type") switch
    {
        "TX" => message.Word("tx_id") == TransactionId(message),
        "BLOCK" => message.Word("block_id") == BlockId(message)
            && message.Items("transactions").All(tx => HasRightIds(tx!.AsObject())),
        "RELAY" => HasRightIds(message["payload"]!.AsObject()),
        _ => true,
    };

    private static void Write(StringBuilder text, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject fields:
                WriteList(text, '{', '}', fields.OrderBy(field => field.Key, ByCodePoint.Order), field =>
                {
                    WriteText(text, field.Key);
                    text.Append(": ");
                    Write(text, field.Value);
                });
                break;
            case JsonArray items:
                WriteList(text, '[', ']', items, item => Write(text, item));
                break;
            case JsonValue word when word.TryGetValue<string>(out var letters):
                WriteText(text, letters);
                break;
            case JsonValue other when other.ToJsonString() is var raw:
                text.Append(raw is "true" or "false" ? raw : Number(raw));
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        text.Append(open);
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator);
            write(item);
            separator = ", ";
        }

        text.Append(close);
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            var short_ = "\"\\\n\r\t\b\f".IndexOf(letter, StringComparison.Ordinal);
            if (short_ >= 0)
            {
                text.Append('\\').Append("\"\\nrtbf"[short_]);
            }
            else if (letter is < ' ' or > '~')
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                text.Append(letter);
            }
        }

        text.Append('"');
    }

    /// <summary>An integer keeps its digits; another number is written as Python's repr does.</summary>
    private static string Number(string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            return BigInteger.Parse(raw, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        var value = double.Parse(raw, CultureInfo.InvariantCulture);
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // The shortest digits that read back as the same double, and the power of ten of the first of them.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var parts = shortest.Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            + (point < 0 ? parts[0].Length : point) - 1 - (all.Length - digits.Length);
        digits = digits.TrimEnd('0') is { Length: > 0 } some ? some : "0";
        return (value < 0 ? "-" : "") + Layout(digits, power);
    }

    private static string Layout(string digits, int power)
    {
        if (power is < -4 or >= 16)
        {
            var mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
            return string.Create(
                CultureInfo.InvariantCulture, $"{mantissa}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
        }

        if (power < 0)
        {
            return $"0.{new string('0', -power - 1)}{digits}";
        }

        var whole = digits.PadRight(power + 1, '0');
        return $"{whole[..(power + 1)]}.{(whole.Length > power + 1 ? whole[(power + 1)..] : "0")}";
    }

    private sealed class ByCodePoint : IComparer<string>
    {
        public static readonly ByCodePoint Order = new();

        public int Compare(string? x, string? y)
        {
            var (one, other) = (x!.EnumerateRunes(), y!.EnumerateRunes());
            while (true)
            {
                var (more, another) = (one.MoveNext(), other.MoveNext());
                if (!more || !another)
                {
                    return more.CompareTo(another);
                }

                if (one.Current != other.Current)
                {
                    return one.Current.CompareTo(other.Current);
                }
            }
        }
    }
}
