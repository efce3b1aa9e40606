using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Blockchain.Fuzzing.Topology;

/// <summary>
/// Whether a file is a network, by a slow rule of its own, written from <c>docs/peers-json.md</c> for the keys that
/// <see cref="PeersFileDraw"/> has. It judges each peer by itself, then all pairs.
/// </summary>
internal static partial class SlowPeersFile
{
    private const int LastPort = 63_535;

    private static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <returns>The ids, in the order of the file; null: it is no network.</returns>
    public static List<string>? Ids(byte[] file)
    {
        try
        {
            var text = file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? file[3..] : file;
            Require(Utf8.IsValid(text));
            using var document = JsonDocument.Parse(text, Lenient);
            RequireReadable(document.RootElement);
            return Ids(document.RootElement);
        }
        catch (Exception problem) when (problem
            is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static List<string>? Ids(JsonElement root)
    {
        var sections = Members(root);
        var defaults = Members(sections, "defaults");
        Require(IsRight(defaults, mayBePeer: false) && IsPossible(defaults));
        var peers = Members(sections, "peers").Select(peer => One(peer.Key, Members(peer.Value), defaults))
            .Concat(Members(sections, "groups").SelectMany(group => Many(Members(group.Value), defaults)))
            .ToList();
        var ids = peers.Select(peer => peer.Id).ToList();
        Require(peers.Count > 0 && ids.Distinct().Count() == ids.Count);
        Require(peers.All(peer => IsId(peer.Id)));
        Require(peers.DistinctBy(peer => peer.Port).Count() == peers.Count);
        Require(!peers.Any(peer => peer.Ip == "127.0.0.1" && peers.Any(other => other.Port + 2000 == peer.Port)));
        Require(peers.All(peer => peer.Knows.All(
            known => ids.Contains(known) && (known != peer.Id || peer.IsOfGroup))));
        return ids;
    }

    private static Peer One(
        string id, Dictionary<string, JsonElement> fields, Dictionary<string, JsonElement> defaults)
    {
        Require(IsRight(fields, mayBePeer: true));
        Require(IsPossible(fields.Concat(defaults.ExceptBy(fields.Keys, member => member.Key)).ToDictionary()));
        var network = fields.TryGetValue("localnetworkid", out var number) ? number.GetInt32() : -1;
        Require(!IsTrue(fields, "nat") || network != -1);
        if (fields.TryGetValue("malicious", out var malicious) && fields.TryGetValue("behaviour", out var behaviour))
        {
            Require(malicious.GetBoolean() == (behaviour.GetString() == "false-ids"));
        }

        return new Peer(
            id,
            fields["ip"].GetString()!,
            fields["port"].GetInt32(),
            fields.TryGetValue("knows", out var knows)
                ? [.. knows.EnumerateArray().Select(item => item.GetString()!)]
                : [],
            IsOfGroup: false);
    }

    private static IEnumerable<Peer> Many(
        Dictionary<string, JsonElement> fields, Dictionary<string, JsonElement> defaults)
    {
        var first = One("group", fields, defaults);
        var count = fields["count"].GetInt32();
        Require(count is >= 1 and <= 10_000 && first.Port + count - 1 <= LastPort);
        var prefix = fields.TryGetValue("idPrefix", out var text) ? text.GetString()! : null;
        var address = first.Ip.Split('.').Aggregate(
            0L, (sum, part) => (sum * 256) + int.Parse(part, CultureInfo.InvariantCulture));
        var last = first.Ip.StartsWith("127.", StringComparison.Ordinal) ? 0x7FFF_FFFF : uint.MaxValue;
        Require(address + count - 1 <= last);
        for (var i = 0; i < count; i++)
        {
            var port = first.Port + i;
            var ip = string.Join('.', new[] { 24, 16, 8, 0 }.Select(shift => ((address + i) >> shift) & 255));
            var id = prefix is null ? $"{port}" : $"{prefix}{i + 1}";
            yield return first with { Id = id, Ip = ip, Port = port, IsOfGroup = true };
        }
    }

    private static bool IsRight(Dictionary<string, JsonElement> fields, bool mayBePeer) =>
        fields.All(field => IsRight(field.Key, field.Value, mayBePeer));

    private static bool IsRight(string key, JsonElement value, bool mayBePeer) => key switch
    {
        "fanout" => IsWhole(value, 1),
        "retries" => IsWhole(value, 0),
        "syncInterval" => IsTime(value, mayBeZero: true),
        "requestTimeout" => IsTime(value, mayBeZero: false),
        "jitter" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= 1,
        "share" => value.ValueKind == JsonValueKind.Number && value.GetDouble() >= 0,
        "poisson" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "dropProbability" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= 1,
        "lossBurst" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 1 and <= 1_000_000,
        "latencyShape" => Text(value) is "uniform" or "log-normal" or "pareto",
        "latency" => IsLatency(value),
        "behaviour" => Text(value) is "honest" or "false-ids" or "withhold" or "lazy",
        _ => !mayBePeer || IsRightOfPeer(key, value),
    };

    /// <summary>Whether the losses go into bursts of that length, and the latency into its shape.</summary>
    private static bool IsPossible(Dictionary<string, JsonElement> settings)
    {
        var loss = settings.TryGetValue("dropProbability", out var share) ? share.GetDouble() : 0.05;
        var burst = settings.TryGetValue("lossBurst", out var messages) ? messages.GetDouble() : 1;
        var shape = settings.TryGetValue("latencyShape", out var name) ? name.GetString() : "uniform";
        var (median, ninth) = !settings.TryGetValue("latency", out var latency) ? (0.02, 0.1)
            : latency.ValueKind == JsonValueKind.Array ? (Seconds(latency[0])!.Value, Seconds(latency[1])!.Value)
            : (Seconds(latency)!.Value, Seconds(latency)!.Value);
        var fits = shape == "uniform"
            || median == ninth
            || (median > 0 && (shape == "log-normal" || ninth <= 4 * median));
        return fits && (burst == 1 || loss <= burst / (burst + 1));
    }

    private static bool IsRightOfPeer(string key, JsonElement value) => key switch
    {
        "ip" => Text(value) is { } ip && Ip().IsMatch(ip)
            && ip.Split('.').All(part => int.Parse(part, CultureInfo.InvariantCulture) < 256),
        "port" => IsWhole(value, 1, LastPort),
        "nat" or "light" or "malicious" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "localnetworkid" => IsWhole(value, -1),
        "start" => Text(value) is "auto" or "manual",
        "knows" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => Text(item) is not null),
        "idPrefix" => Text(value) is not null,
        _ => true,
    };

    private static bool IsId(string id) => id.Length is >= 1 and <= 64 && !Forbidden().IsMatch(id);

    private static bool IsTrue(Dictionary<string, JsonElement> fields, string key) =>
        fields.TryGetValue(key, out var value) && value.GetBoolean();

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsWhole(JsonElement value, int min, int max = int.MaxValue) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max;

    private static bool IsLatency(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.GetArrayLength() == 2 && value.EnumerateArray().All(item => IsTime(item, mayBeZero: true))
            && Seconds(value[0]) <= Seconds(value[1])
        : IsTime(value, mayBeZero: true);

    private static bool IsTime(JsonElement value, bool mayBeZero) =>
        Seconds(value) is { } seconds && seconds <= 36_000_000 && (mayBeZero ? seconds >= 0 : seconds > 0);

    private static double? Seconds(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetDouble();
        }

        if (Text(value) is not { } text || Time().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var unit = match.Groups["unit"].Value switch { "ms" => 0.001, "min" or "m" => 60, "h" => 3600, _ => 1 };
        return double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = value.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
        Require(members.DistinctBy(member => member.Name).Count() == members.Count);
        return members.ToDictionary(member => member.Name, member => member.Value);
    }

    private static Dictionary<string, JsonElement> Members(Dictionary<string, JsonElement> sections, string name) =>
        sections.TryGetValue(name, out var section) ? Members(section) : [];

    /// <summary>No text has half a surrogate pair, also where nobody asks for it.</summary>
    private static void RequireReadable(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                value.EnumerateArray().ToList().ForEach(RequireReadable);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    RequireReadable(member.Value);
                }

                break;
        }
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new FormatException();
        }
    }

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z")]
    private static partial Regex Ip();

    [GeneratedRegex(@"[@/\s\p{Cc}]")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|min|m|h)?\z")]
    private static partial Regex Time();

    private sealed record Peer(string Id, string Ip, int Port, string[] Knows, bool IsOfGroup);
}
