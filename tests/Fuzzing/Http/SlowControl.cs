using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Blockchain.Fuzzing.Http;

/// <summary>Whether a command is one, by a slow rule of its own, written from <c>docs/http-api.md</c>.</summary>
internal static partial class SlowControl
{
    private static readonly string[] ValueNames = ["loss", "burst", "latencyMin", "latencyMax", "capacity"];

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
        "send" => (argument("amount") is not { } amount || IsAmount(amount))
            && (argument("to") is not { } to || (to.Length is >= 1 and <= 64 && !to.Any(char.IsSurrogate))),
        "malicious" => argument("behaviour") is { } behaviour
            ? argument("value") == "true" && behaviour is ("false-ids" or "withhold" or "lazy" or "sybil"
                or "selfish" or "selfish-grinding" or "stubborn-lead" or "stubborn-fork" or "stubborn-trail"
                or "stubborn" or "double-spend" or "delay" or "spam" or "tamper" or "lie"
                or "eclipse")
            : argument("value") is "true" or "false",
        "partition" => argument("from") is { } from && (from.Length == 0 || AreIds(from)),
        "generate" or "cut-off" or "pause" => argument("value") is "true" or "false",
        "load" => argument("tx") is { } tx && Number(tx) is >= 0 and <= 10_000
            && (argument("for") is not { } time || Seconds(time) is > 0 and <= 36_000_000),
        "conditions" => AreConditions(argument) && (argument("to") is not { } ids || (AreIds(ids) && ids != "none")),
        _ => false,
    };

    private static bool AreIds(string ids) =>
        ids.Split(',').All(id => id.Length is >= 1 and <= 64 && !id.Any(char.IsSurrogate));

    private static bool AreConditions(Func<string, string?> argument)
    {
        var given = ValueNames.ToDictionary(name => name, argument);
        if (argument("clear") is { } clear)
        {
            return clear == "true" && given.Values.All(value => value is null);
        }

        var (min, max) = (given["latencyMin"], given["latencyMax"]);
        var (loss, burst) = (Number(given["loss"] ?? "0"), Number(given["burst"] ?? "1"));
        return given.Values.Any(value => value is not null)
            && loss is >= 0 and <= 1
            && burst is >= 1 and <= 1_000_000
            && (burst == 1 || loss / (1 - loss) <= burst * 1.000000001)
            && Number(given["capacity"] ?? "0") is (0 or (>= 0.001 and <= 1e9))
            && (min is null || Seconds(min) is <= 36_000_000)
            && (max is null || Seconds(max) is <= 36_000_000)
            && (min is null || max is null || Seconds(min) <= Seconds(max));
    }

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
