using System.Text;
using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>
/// What is malformed: W10. Each line would be a PING with an answer, or an INV with a question, were it right.
/// </summary>
internal static class JsonRules
{
    private const string Time = "10.5";
    private const int MostIds = 50_000;

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        Malformed("A line that is not exactly one object is no message", scene =>
        [
            $"[{Ping(scene)}]", $"{Ping(scene)} {Ping(scene)}", $"{Ping(scene)},", "\"PING\"", Ping(scene)[..^1],
        ]),
        Malformed("A line that is nested deeper than 64 levels is no message", scene =>
        [
            With(scene, $"\"deep\": {new string('[', 70)}{new string(']', 70)}"),
        ]),
        Malformed("A line with the same key twice in an object is no message", scene =>
        [
            With(scene, $"\"sender\": \"{scene.A.Id}\""), With(scene, "\"more\": [{\"a\": 1, \"a\": 2}]"),
        ]),
        Malformed("A line with NaN, Infinity or a number beyond a double is no message", scene =>
        [
            With(scene, "\"more\": NaN"), With(scene, "\"more\": -Infinity"), With(scene, "\"more\": 1e999"),
        ]),
        Malformed("A line with a text that JSON or Unicode forbids is no message", scene =>
        [
            With(scene, "\"more\": \"\u00ff\""), With(scene, "\"more\": \"\u0001\""), With(scene, "\"more\": \"\\q\""),
            With(scene, "\"more\": \"\\ud800\""), With(scene, "\"more\": \"\\udc00\\ud800\""),
        ]),
        Malformed("A line that lacks a field, or has one of another type or range, is no message", scene =>
        [
            Without(scene, "message_id"), Without(scene, "timestamp"), Without(scene, "sender"),
            Instead(scene, "timestamp", "\"10.5\""), Instead(scene, "timestamp", "true"),
            Instead(scene, "message_id", "17"), Instead(scene, "sender", "6"),
            Instead(scene, "sender", $"\"{new string('x', 65)}\""), Instead(scene, "sender", "\"@somebody\""),
            Inv(scene, "\"none\""), Inv(scene, $"\"{scene.Make.NoBlock().ToUpperInvariant()}\""),
            Inv(scene, $"\"{new string('0', 64)}\""), Inv(scene, "17"),
        ]),
        Malformed("A list that is too long is no message", scene =>
        [
            Inv(scene, string.Join(", ", Enumerable.Repeat($"\"{scene.Make.NoBlock()}\"", MostIds))),
        ]),
    ];

    private static (string, RuleTest) Malformed(string name, Func<Scene, IReadOnlyList<string>> lines) =>
        ("W10", new RuleTest(name, scene => TryAllAsync(scene, lines(scene)))
        {
            Forms = Forms.Tcp,
            IsHarmful = true,
            WhyNotBoth = "Lines of virtual time carry nothing but messages; what the node itself writes is checked.",
        });

    private static async Task TryAllAsync(Scene scene, IReadOnlyList<string> lines)
    {
        await scene.SyncAsync(scene.A);
        foreach (var line in lines)
        {
            // On a connection of its own, since the third malformed line closes one (W4).
            var connection = await scene.Tcp.OpenAsync(scene.A);
            scene.Mark();
            var good = scene.Make.Time();
            byte[] bytes = [.. Latin(line), .. "\n"u8];
            await connection.WriteAsync(bytes);
            await connection.WriteAsync(Encoding.UTF8.GetBytes(scene.Make.Ping(scene.A.Id, good) + "\n"));
            await scene.ExpectAsync(
                scene.A,
                heard => Scene.IsPong(heard, good),
                $"After one malformed line a PING got no PONG. The line: {Scene.Short(line)}");
            if (scene.HeardSince.FirstOrDefault(heard => (heard.Is("PONG") && !Scene.IsPong(heard, good))
                || heard.Is("GETBLOCK")) is { } answer)
            {
                throw new BrokenRuleException(
                    $"It took a malformed line for a message, and wrote {answer.Type}. The line: {Scene.Short(line)}");
            }
        }
    }

    /// <summary>So that a test can write any byte.</summary>
    private static byte[] Latin(string line) => Encoding.Latin1.GetBytes(line);

    private static string Ping(Scene scene) => scene.Make.Ping(scene.A.Id, Time);

    private static string With(Scene scene, string field) => $"{Ping(scene)[..^1]}, {field}}}";

    private static string Inv(Scene scene, string ids) => scene.Make.Message(
        "INV", scene.A.Id, ("block_ids", $"[\"{scene.Make.NoBlock()}\", {ids}]"));

    private static string Without(Scene scene, string field) =>
        Lines.Object(Fields(scene).Where(one => one.Name != field));

    private static string Instead(Scene scene, string field, string value) =>
        Lines.Object(Fields(scene).Select(one => one.Name == field ? (field, value) : one));

    private static IEnumerable<(string Name, string Json)> Fields(Scene scene) =>
    [
        ("type", "\"PING\""), ("sender", Lines.Text(scene.A.Id)), ("timestamp", Time),
        ("message_id", Lines.Text(scene.Make.NewId())),
    ];
}
