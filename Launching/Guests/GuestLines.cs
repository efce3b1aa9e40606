using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Launching.Guests;

/// <summary>The lines of virtual time: writes what happens, and collects the answer of one turn.</summary>
internal sealed class GuestLines
{
    /// <summary>An integer that every language can hold: 53 bits.</summary>
    private const ulong LargestSeed = (1UL << 53) - 1;

    private readonly List<(PeerId To, Message Message)> _messages = [];
    private readonly List<(TimeSpan At, string Timer)> _timers = [];
    private TimeSpan _cost;

    /// <summary>The turn has ended.</summary>
    public bool IsDone { get; private set; }

    public GuestAnswer Answer => new() { Messages = _messages, Timers = _timers, Cost = _cost };

    /// <summary>Writes the line of a turn, its end included.</summary>
    public static void Write(ArrayBufferWriter<byte> output, GuestTurn turn)
    {
        Put(output, $"{{\"now\": {Seconds(turn.Now)}");
        switch (turn)
        {
            case GuestStarts start:
                Put(output, $", \"start\": {Start(start).ToJsonString()}");
                break;
            case GuestHears heard:
                Put(output, $", \"from\": \"{JsonEncodedText.Encode(heard.From.Value)}\", \"message\": ");
                Put(output, heard);
                break;
            case GuestWakes wakes:
                Put(output, $", \"timer\": \"{JsonEncodedText.Encode(wakes.Timer)}\"");
                break;
        }

        Put(output, "}\n");
    }

    /// <summary>The line of a turn as people are shown it.</summary>
    public static string Text(GuestTurn turn)
    {
        const int Longest = 200;
        var line = new ArrayBufferWriter<byte>();
        Write(line, turn);
        return Encoding.UTF8.GetString(line.WrittenSpan[..Math.Min(line.WrittenCount, Longest)]).TrimEnd();
    }

    /// <summary>Takes one line of the answer.</summary>
    /// <returns>Why it makes no sense; null: it does.</returns>
    public string? Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException or OverflowException)
        {
            return "it wrote a line that is none of the protocol";
        }
    }

    private string? Read(JsonElement answer)
    {
        if (answer.TryGetProperty("done", out _))
        {
            IsDone = true;
            _cost = answer.TryGetProperty("cost", out var cost) ? Time(cost) : TimeSpan.Zero;
            return _cost < TimeSpan.Zero ? "it wrote a cost below zero" : null;
        }

        if (answer.TryGetProperty("wake", out var at))
        {
            _timers.Add((Time(at), Word(answer, "timer")));
            return null;
        }

        var to = new PeerId(Word(answer, "to"));
        var text = answer.GetProperty("message").GetRawText();
        if (MessageCodec.Read(Encoding.UTF8.GetBytes(text), out var message, out var reason) != ReadOutcome.Message)
        {
            return $"it wrote a message that is malformed ({reason})";
        }

        _messages.Add((to, message!));
        return null;
    }

    private static JsonObject Start(GuestStarts start) => new()
    {
        ["id"] = start.Plan.Id.Value,
        ["seed"] = (long)(start.Seed & LargestSeed),
        ["peers"] = new JsonArray([Entry(start.Plan.Info), .. start.Known.Select(Entry)]),
        ["settings"] = PlainPlan.Settings(start.Plan.Settings),
    };

    /// <summary>As PEERS has it.</summary>
    private static JsonNode Entry(PeerInfo peer) => new JsonObject
    {
        ["peer_id"] = peer.Id.Value,
        ["ip"] = peer.Ip,
        ["port"] = peer.Port,
        ["flags"] = new JsonObject { ["nat"] = peer.Nat, ["light"] = peer.Light },
        ["localnetworkid"] = peer.NetworkId,
    };

    private static string Word(JsonElement answer, string name) =>
        answer.GetProperty(name).GetString() is { Length: > 0 } word ? word : throw new FormatException();

    private static TimeSpan Time(JsonElement seconds) =>
        TimeSpan.FromTicks((long)Math.Round(seconds.GetDecimal() * TimeSpan.TicksPerSecond));

    /// <summary>All digits that a time has: ticks of 100 ns.</summary>
    private static string Seconds(TimeSpan time) =>
        ((decimal)time.Ticks / TimeSpan.TicksPerSecond).ToString("0.0######", CultureInfo.InvariantCulture);

    private static void Put(ArrayBufferWriter<byte> output, GuestHears heard)
    {
        if (heard.Line is { } written)
        {
            Put(output, written);
            return;
        }

        var line = new ArrayBufferWriter<byte>();
        MessageCodec.Write(line, heard.Message);
        output.Write(line.WrittenSpan.TrimEnd((byte)'\n'));
    }

    private static void Put(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
