using System.Text;
using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>Connections and lines: W1 to W9.</summary>
internal static class ConnectionRules
{
    public const string NoConnections = "Over standard input and output there are no connections.";
    private const int Longest = 4 * 1024 * 1024;
    private static readonly byte[] Nonsense = "this is no message\n"u8.ToArray();

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W1", OnTcp("A message is understood without a handshake before it", NoHandshakeAsync)),
        ("W2", OnTcp("A \\r before the end of a line and empty lines mean nothing", LineEndsAsync)),
        ("W2", OnTcp("A line is the same in whatever pieces it arrives", PiecesAsync)),
        ("W3", OnTcp("A line of 3 MiB is understood", LongLineAsync)),
        ("W3", OnTcp("A line of more than 4 MiB is thrown away", TooLongLineAsync)),
        ("W4", OnTcp("The third malformed line closes the connection, the second does not", ThreeMalformedAsync)),
        ("W5", OnTcp("It opens its connections from its own address", OwnAddressAsync)),
        ("W6", OnTcp("It answers on the connection that is open, and leaves it open", KeepsConnectionAsync)),
        ("W7", OnTcp("It reads forty messages that come at once", ReadsAsync)),
        ("W8", new RuleTest("Fields that it does not know are ignored", UnknownFieldsAsync)),
        ("W8", new RuleTest("Messages of unknown types are no offence", UnknownTypesAsync)),
        ("W9", new RuleTest("Keys may stand in any order, with any white space", LayoutAsync)),
    ];

    private static RuleTest OnTcp(string name, Func<Scene, Task> script) =>
        new(name, script)
        {
            Forms = Forms.Tcp,
            WhyNotBoth = NoConnections,
            Greets = script != NoHandshakeAsync,
            WhyNotRunning = script == OwnAddressAsync
                ? "cannot be told from another peer that calls"
                : null,
            IsHarmful = script == TooLongLineAsync || script == ThreeMalformedAsync,
        };

    private static async Task NoHandshakeAsync(Scene scene)
    {
        var time = scene.Make.Time();
        var connection = await scene.Tcp.OpenAsync(scene.A);
        scene.Mark();
        await WriteAsync(connection, scene.Make.Ping(scene.A.Id, time) + "\n");
        if (await scene.FindAsync(scene.A, heard => Scene.IsPong(heard, time)) is null)
        {
            await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info));
            await scene.PassAsync(scene.AWhile);
            await scene.SyncAsync(scene.A);
            throw new BrokenRuleException(
                "The first line on a connection, a PING, got no PONG; after a HELLO one did.");
        }
    }

    private static async Task LineEndsAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var time = scene.Make.Time();
        var connection = await scene.Tcp.OpenAsync(scene.A);
        await WriteAsync(connection, $"\n\r\n\n\n\n\n{scene.Make.Ping(scene.A.Id, time)}\r\n\n");
        await scene.ExpectAsync(
            scene.A, heard => Scene.IsPong(heard, time),
                "A PING between empty lines, with \\r\\n at its end, got no PONG.");
        Open(connection, "It closed the connection after empty lines.");
    }

    private static async Task PiecesAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        // An answer of its own would get between the pieces.
        scene.A.IsSilent = true;
        var (one, two) = (scene.Make.Time(), "7.25");
        var connection = await scene.Tcp.OpenAsync(scene.A);
        var text = $"{scene.Make.Ping(scene.A.Id, one)}\n{scene.Make.Ping(scene.A.Id, two)}\n";
        foreach (var piece in (string[])[text[..1], text[1..40], text[40..^20], text[^20..]])
        {
            await WriteAsync(connection, piece);
            await scene.PassAsync(0.05);
        }

        foreach (var time in (string[])[one, two])
        {
            await scene.ExpectAsync(
                scene.A, heard => Scene.IsPong(heard, time),
                    "Two PINGs that came in four pieces did not get two PONGs.");
        }
    }

    private static async Task LongLineAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await scene.SayAsync(scene.A, Padded(scene, "3.25", 3 * 1024 * 1024));
        await scene.ExpectAsync(
            scene.A, heard => Scene.IsPong(heard, "3.25"), "A PING of 3 MiB, with a long field, got no PONG.", 10);
    }

    private static async Task TooLongLineAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var connection = await scene.Tcp.OpenAsync(scene.A);
        await WriteAsync(connection, Padded(scene, "4.25", Longest + 1000) + "\n");
        await scene.NeverAsync(heard => Scene.IsPong(heard, "4.25"), "A PING of more than 4 MiB was answered");
        if (!await scene.AnswersAsync(scene.A, 10))
        {
            throw new BrokenRuleException("After a line of more than 4 MiB it answers no more, not even to a PING.");
        }
    }

    private static async Task ThreeMalformedAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var connection = await scene.Tcp.OpenAsync(scene.A);
        await connection.WriteAsync(Nonsense);
        await connection.WriteAsync(Nonsense);
        await WriteAsync(connection, scene.Make.Ping(scene.A.Id, "4.5") + "\n");
        await scene.ExpectAsync(
            scene.A, heard => Scene.IsPong(heard, "4.5"), "After two malformed lines a PING got no PONG.");
        Open(connection, "It closed the connection before the third malformed line.");
        await connection.WriteAsync(Nonsense);
        if (!await scene.UntilAsync(() => connection.IsClosed, scene.Soon))
        {
            throw new BrokenRuleException("The connection is still open after three malformed lines.");
        }
    }

    private static async Task OwnAddressAsync(Scene scene)
    {
        if (!await scene.UntilAsync(() => scene.Tcp.Dialled.Count > 0, 20))
        {
            throw new CannotTellException("It opened no connection within 20 s; it used those that it was offered.");
        }

        foreach (var (to, from) in scene.Tcp.Dialled.Where(call => call.From != scene.Tcp.Ip))
        {
            throw new BrokenRuleException(
                $"It listens on {scene.Tcp.Ip}, but opened a connection to {to} from {from}.");
        }
    }

    private static async Task KeepsConnectionAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await scene.PassAsync(1);
        var before = scene.Tcp.Dialled.Count(call => call.To == scene.A);
        for (var i = 0; i < 5; i++)
        {
            await scene.SyncAsync(scene.A);
        }

        if (scene.Tcp.Dialled.Count(call => call.To == scene.A) > before)
        {
            throw new BrokenRuleException("It opened another connection to answer, though one was open.");
        }

        if (scene.Tcp.Of(scene.A).All(connection => connection.IsClosed))
        {
            throw new BrokenRuleException("It closed the connection after it had answered.");
        }
    }

    private static async Task ReadsAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        const int Count = 40;
        var connection = await scene.Tcp.OpenAsync(scene.A);
        scene.Mark();
        await WriteAsync(connection, string.Concat(
            Enumerable.Range(0, Count).Select(i => scene.Make.Ping(scene.A.Id, $"{i}.5") + "\n")));
        for (var i = 0; i < Count; i++)
        {
            var time = $"{i}.5";
            await scene.ExpectAsync(
                scene.A, heard => Scene.IsPong(heard, time),
                    $"Of {Count} PINGs that came at once, number {i + 1} got no PONG.");
        }
    }

    private static async Task UnknownFieldsAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        if (!await TakesUnknownFieldsAsync(scene))
        {
            throw new BrokenRuleException("A PING with two more fields got no PONG.");
        }
    }

    /// <exception cref="CannotTellException">It drops all messages that have one.</exception>
    public static async Task MustTakeUnknownFieldsAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        if (!await TakesUnknownFieldsAsync(scene))
        {
            throw new CannotTellException("It drops every message with a field that it does not know (W8).");
        }
    }

    private static async Task<bool> TakesUnknownFieldsAsync(Scene scene)
    {
        var ping = scene.Make.Message(
            "PING", scene.A.Id, ("colour", "\"blue\""), ("timestamp", "8.5"),
                ("more", "{\"of\": [1, {\"this\": null}]}"));
        await scene.SayAsync(scene.A, ping);
        return await scene.FindAsync(scene.A, heard => Scene.IsPong(heard, "8.5")) is not null;
    }

    private static async Task UnknownTypesAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        for (var i = 0; i < 6; i++)
        {
            await scene.SayAsync(scene.A, scene.Make.Message("WEATHER", scene.A.Id, ("sunny", "true")));
        }

        if (!await scene.AnswersAsync(scene.A))
        {
            throw new BrokenRuleException("After six messages of a type that nobody knows, a PING got no PONG.");
        }

        if (scene.IsOverTcp && scene.Tcp.Of(scene.A).All(connection => connection.IsClosed))
        {
            throw new BrokenRuleException("It closed the connection after messages of a type that it does not know.");
        }
    }

    private static async Task LayoutAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var ping = $"  {{\"message_id\":\"{scene.Make.NewId()}\" ,\t\"timestamp\":9.5,  \"type\" : \"PING\",\"sender\":"
            + $"\"{scene.A.Id}\"  }} ";
        await scene.SayAsync(scene.A, ping);
        await scene.ExpectAsync(
            scene.A, heard => Scene.IsPong(heard, "9.5"), "A PING in another layout got no PONG.");
    }

    private static string Padded(Scene scene, string time, int bytes) => scene.Make.Message(
        "PING", scene.A.Id, ("timestamp", time), ("padding", $"\"{new string('x', bytes)}\""));

    private static Task WriteAsync(IConnection connection, string text) =>
        connection.WriteAsync(Encoding.UTF8.GetBytes(text));

    private static void Open(IConnection connection, string otherwise)
    {
        if (connection.IsClosed)
        {
            throw new BrokenRuleException(otherwise);
        }
    }
}
