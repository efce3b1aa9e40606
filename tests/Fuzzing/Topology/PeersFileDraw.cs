using System.Text;
using Blockchain.Shared;

namespace Blockchain.Fuzzing.Topology;

/// <summary>Files of a few peers and groups, with right and wrong values, and some bytes changed.</summary>
internal static class PeersFileDraw
{
    private static readonly byte[] Bytes = [.. "{}[],:\"\\ 0123456789eE.-+/*@ms"u8];

    private static readonly string[] Names = ["1", "2", "3", "p-1", "5001", "", "a b", "@1", "\\ud800"];

    private static readonly string[] Addresses =
    [
        "\"127.0.0.1\"", "\"127.1.0.5\"", "\"127.255.255.255\"", "\"10.0.0.1\"", "\"1\"", "\"127.0.0.01\"",
        "\"::1\"", "5", "null",
    ];

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "2", "5000", "5001", "7000", "63535", "63536", "2147483647", "2147483648", "1.5", "\"1\"",
        "null", "1e2",
    ];

    private static readonly string[] Times =
    [
        "0", "1", "-1", "\"15s\"", "\"0s\"", "\"1.5min\"", "\"10000h\"", "\"10001h\"", "\"x\"", "1e9", "true", "\"1m\"",
    ];

    private static readonly string[] Flags = ["true", "false", "0", "\"true\"", "null"];

    private static readonly string[] Shapes =
        ["\"uniform\"", "\"log-normal\"", "\"pareto\"", "\"normal\"", "0", "null"];

    private static readonly string[] Others =
    [
        "\"honest\"", "\"lazy\"", "\"false-ids\"", "\"Lazy\"", "\"auto\"", "\"manual\"", "[]", "[\"1\"]", "[\"2\", 3]",
        "[\"9\"]", "{}", "0.5", "\"p-\"", "\"\"",
    ];

    public static byte[] Draw(SeededRandom random)
    {
        var defaults = random.Chance(0.3) ? $"\"defaults\": {Object(random, Settings(random))}, " : "";
        var peers = random.Many(0, 4, () => $"\"{PickFirst(random, Names, 4)}\": {Peer(random, [])}");
        var templates = random.Many(0, 2, () => $"\"g{random.Next(3)}\": {Peer(random, Group(random))}");
        var groups = templates.Length > 0 ? $", \"groups\": {{{string.Join(", ", templates)}}}" : "";
        var comment = random.Chance(0.1) ? " // a comment\n" : "";
        var comma = random.Chance(0.1) ? "," : "";
        var text = $"{{{defaults}\"peers\": {{{comment}{string.Join(", ", peers)}{comma}}}{groups}}}";
        return random.Chance(0.7)
            ? Encoding.UTF8.GetBytes(text)
            : random.Edited(Encoding.UTF8.GetBytes(text), Bytes);
    }

    private static string Peer(SeededRandom random, IEnumerable<string> more)
    {
        List<string> members =
        [
            random.Chance(0.8)
                ? $"\"ip\": \"127.1.{random.Next(3)}.{random.Next(9)}\""
                : $"\"ip\": {random.Pick<string>(Addresses)}",
            random.Chance(0.8)
                ? $"\"port\": {5000 + random.Next(40)}"
                : $"\"port\": {random.Pick<string>(Numbers)}",
            .. more,
            .. random.Chance(0.5) ? Settings(random) : [],
        ];
        if (random.Chance(0.05))
        {
            members.RemoveAt(random.Next(members.Count));
        }

        members.AddRange(random.Many(0, 2, () => random.Next(8) switch
        {
            0 => $"\"nat\": {PickFirst(random, Flags, 2)}",
            1 => $"\"light\": {PickFirst(random, Flags, 2)}",
            2 => $"\"localnetworkid\": {random.Pick<string>(Numbers)}",
            3 => $"\"malicious\": {random.Pick<string>(Flags)}",
            4 => $"\"behaviour\": {random.Pick<string>(Others)}",
            5 => $"\"start\": {random.Pick<string>(Others)}",
            6 => $"\"knows\": {random.Pick<string>(Others)}",
            _ => "\"unknown\": [{}]",
        }));
        return Object(random, members);
    }

    private static IEnumerable<string> Group(SeededRandom random)
    {
        yield return $"\"count\": {(random.Chance(0.8) ? $"{random.Within(1, 5)}" : random.Pick<string>(Numbers))}";
        if (random.Chance(0.5))
        {
            yield return $"\"idPrefix\": {random.Pick<string>(Others)}";
        }
    }

    private static string[] Settings(SeededRandom random) => random.Many(0, 3, () => random.Next(11) switch
    {
        0 => $"\"fanout\": {random.Pick<string>(Numbers)}",
        1 => $"\"retries\": {random.Pick<string>(Numbers)}",
        2 => $"\"syncInterval\": {random.Pick<string>(Times)}",
        3 => $"\"requestTimeout\": {random.Pick<string>(Times)}",
        4 => $"\"jitter\": {random.Pick<string>(random.Chance(0.5) ? ["0", "0.5", "1"] : Numbers)}",
        5 => $"\"share\": {random.Pick<string>(Numbers)}",
        6 => $"\"poisson\": {PickFirst(random, Flags, 2)}",
        7 => $"\"dropProbability\": {random.Pick<string>("0", "0.3", "0.6", "0.75", "1", "1.1", "null")}",
        8 => $"\"lossBurst\": {random.Pick<string>("1", "1.5", "3", "1000000", "1000001", "0.9", "\"3\"")}",
        9 => $"\"latencyShape\": {PickFirst(random, Shapes, 3)}",
        _ => random.Chance(0.5)
            ? $"\"latency\": [{random.Pick<string>(Times)}, {random.Pick<string>(Times)}]"
            : $"\"latency\": {random.Pick<string>(Times)}",
    });

    /// <summary>Mostly one of the first, which are right.</summary>
    private static string PickFirst(SeededRandom random, string[] values, int right) =>
        values[random.Next(random.Chance(0.8) ? right : values.Length)];

    private static string Object(SeededRandom random, IEnumerable<string> members) =>
        $"{{{string.Join(", ", random.Shuffled(members))}}}";
}
