using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Blockchain.Fuzzing.Http;

/// <summary>Whether a command is one, by a slow rule of its own, written from <c>docs/http-api.md</c>.</summary>
internal static partial class SlowControl
{
    /// <summary>Whether the body says what the arguments are, or nothing.</summary>
    /// <param name="members">Those of the body, as text.</param>
    public static bool TryRead(byte[] body, out Dictionary<string, string> members)
    {
        members = [];
        try
        {
            using var document = JsonDocument.Parse(body);
            RequireSingleKeys(document.RootElement);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null)
                {
                    members.Add(
                        member.Name,
                        member.Value.ValueKind == JsonValueKind.String
                            ? member.Value.GetString()!
                            : member.Value.GetRawText());
                }
            }

            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public static bool IsCommand(string verb, Func<string, string?> argument) => verb switch
    {
        "mine" => true,
        "transaction" => (argument("amount") is not { } amount || IsAmount(amount))
            && (argument("to") is not { } to || (to.Length is >= 1 and <= 64 && !to.Any(char.IsSurrogate))),
        "malicious" or "generation" or "cut-off" or "pause" => argument("value") is "true" or "false",
        "load" => argument("tx") is { } tx && Number(tx) is >= 0 and <= 10_000
            && (argument("for") is not { } time || Seconds(time) is > 0 and <= 36_000_000),
        "conditions" => AreConditions(argument("loss"), argument("latencyMin"), argument("latencyMax")),
        _ => false,
    };

    private static bool AreConditions(string? loss, string? min, string? max) =>
        (loss ?? min ?? max) is not null
        && (loss is null || Number(loss) is >= 0 and <= 1)
        && (min is null || Seconds(min) is <= 36_000_000)
        && (max is null || Seconds(max) is <= 36_000_000)
        && (min is null || max is null || Seconds(min) <= Seconds(max));

    private static bool IsAmount(string text) => Digits().IsMatch(text)
        && decimal.TryParse(text.TrimStart('0') is { Length: > 0 and < 25 } digits ? digits : "0", out var amount)
        && amount is > 0 and <= long.MaxValue;

    private static double? Number(string text) =>
        Decimal().IsMatch(text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static double? Seconds(string text)
    {
        if (Time().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var unit = match.Groups["unit"].Value switch { "ms" => 0.001, "min" or "m" => 60, "h" => 3600, _ => 1 };
        return double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
    }

    private static void RequireSingleKeys(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>();
                foreach (var member in value.EnumerateObject())
                {
                    if (!names.Add(member.Name))
                    {
                        throw new JsonException();
                    }

                    RequireSingleKeys(member.Value);
                }

                break;
            case JsonValueKind.Array:
                value.EnumerateArray().ToList().ForEach(RequireSingleKeys);
                break;
        }
    }

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^([0-9]+\.?[0-9]*|\.[0-9]+)\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|min|m|h)?\z")]
    private static partial Regex Time();
}
