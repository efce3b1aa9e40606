using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Blockchain.Fuzzing.Wire;

/// <summary>
/// The canonical form by a slow rule of its own: through a document, strings and a search for digits.
/// </summary>
public static class SlowCanonicaliser
{
    /// <summary>Null when the JSON has no canonical form.</summary>
    public static string? Canonicalise(byte[] json, string? withoutKey = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return Canonicalise(document.RootElement, withoutKey);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static string Canonicalise(JsonElement value, string? withoutKey = null) => value.ValueKind switch
    {
        JsonValueKind.Object => Object(value, withoutKey),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(item => Canonicalise(item)))}]",
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Number => Number(value.GetRawText()),
        _ => value.GetRawText(),
    };

    public static string Repr(double value)
    {
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var scientific = Enumerable.Range(0, 17)
            .SelectMany(digits => Neighbours(value.ToString($"e{digits}", CultureInfo.InvariantCulture)))
            .First(text => double.Parse(text, CultureInfo.InvariantCulture).Equals(value));
        var parts = scientific.Split('e');
        var exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= 16)
        {
            return $"{parts[0]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        var sign = parts[0].StartsWith('-') ? "-" : "";
        var digits = parts[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        return sign + (exponent < 0
            ? "0." + new string('0', -exponent - 1) + digits
            : digits.Length <= exponent + 1
                ? digits.PadRight(exponent + 1, '0') + ".0"
                : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..]);
    }

    /// <summary>
    /// The decimal and those one unit beside it: at a power of two, where doubles below lie closer than those above,
    /// the
    /// nearest decimal of so many digits may be another double, and the next one not.
    /// </summary>
    private static IEnumerable<string> Neighbours(string scientific)
    {
        yield return scientific;
        var parts = scientific.Split('e');
        var unit = parts[0].Contains('.', StringComparison.Ordinal)
            ? new decimal(1, 0, 0, false, (byte)(parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1))
            : 1m;
        var mantissa = decimal.Parse(parts[0], CultureInfo.InvariantCulture);
        yield return (mantissa + unit).ToString(CultureInfo.InvariantCulture) + "e" + parts[1];
        yield return (mantissa - unit).ToString(CultureInfo.InvariantCulture) + "e" + parts[1];
    }

    private static string Object(JsonElement value, string? withoutKey)
    {
        var members = value.EnumerateObject().Select(
            member => (member.Name, Value: Canonicalise(member.Value))).ToList();
        if (members.DistinctBy(member => member.Name).Count() != members.Count)
        {
            throw new FormatException("A key occurs twice.");
        }

        var ordered = members
            .Where(member => member.Name != withoutKey)
            .OrderBy(member => string.Concat(member.Name.EnumerateRunes().Select(rune => $"{rune.Value:x8}")),
                StringComparer.Ordinal);
        return $"{{{string.Join(", ", ordered.Select(member => $"{Text(member.Name)}: {member.Value}"))}}}";
    }

    private static string Number(string text)
    {
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw new FormatException("Beyond a double's range.");
        }

        return text.IndexOfAny(['.', 'e', 'E']) >= 0 ? Repr(value) : text == "-0" ? "0" : text;
    }

    private static string Text(string text)
    {
        var output = new StringBuilder("\"");
        foreach (var unit in text)
        {
            output.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\b' => @"\b",
                '\f' => @"\f",
                >= ' ' and <= '~' => unit.ToString(),
                _ => $"\\u{(int)unit:x4}",
            });
        }

        return output.Append('"').ToString();
    }
}
