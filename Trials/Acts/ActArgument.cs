using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>
/// An argument of acts: its name, which is the same in a line of text and in JSON, and how its text is read.
/// </summary>
/// <param name="What">What it is, for messages: "a share such as 20%".</param>
/// <param name="Read">Sets it; throws <see cref="FormatException"/> with what would be right.</param>
internal sealed record ActArgument(string Name, string What, Action<ActDraft, string> Read)
{
    public const string Peers = "peers";
    public const string For = "for";

    /// <summary>In a line of text, a moment in place of <see cref="For"/>.</summary>
    public const string Until = "until";

    public static IReadOnlyDictionary<string, ActArgument> All { get; } = new ActArgument[]
    {
        new(Peers, PeerChoiceText.What, (draft, text) => draft.Peers = PeerChoiceText.Parse(text)),
        new("to", PeerChoiceText.What, (draft, text) => draft.To = PeerChoiceText.Parse(text)),
        new("from", PeerChoiceText.What, (draft, text) => draft.From = PeerChoiceText.Parse(text)),
        new(For, "a time", (draft, text) => draft.For = Quantities.Interval(text)),
        new("count", "a whole number", (draft, text) => draft.Count = Quantities.Count(text)),
        new("amount", "a whole number", (draft, text) => draft.Amount = Quantities.Count(text)),
        new("tx", "transactions a second", (draft, text) => draft.PerSecond = Load(text)),
        new("value", "true or false", (draft, text) => draft.Value = Flag(text)),
        new("loss", "a share", (draft, text) => draft.Loss = Quantities.Share(text)),
        new("burst", "a number of messages", (draft, text) => draft.Burst = Burst(text)),
        new("latency", "a time, or two with a hyphen between", (draft, text) => draft.Latency = Latency(text)),
        new("capacity", "messages a second", (draft, text) => draft.Capacity = Quantities.Number(text)),
        new("behaviour", "the name of a behaviour", (draft, text) => draft.Behaviour = Behaviours.All.Known(text)),
        new("direction", "both, out or in", (draft, text) => draft.Direction = DirectionOf(text)),
        new("up", "a time", (draft, text) => draft.Up = Quantities.Interval(text)),
        new("down", "a time", (draft, text) => draft.Down = Quantities.Interval(text)),
        new("group", "a localnetworkid", (draft, text) => draft.Group = PeerChoiceText.Group(text)),
        new("as", "a name", (draft, text) => draft.Label = Label(text)),
    }.ToDictionary(argument => argument.Name, StringComparer.Ordinal);

    private static bool Flag(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException($"\"{text}\" is neither true nor false."),
    };

    private static double Load(string text) =>
        Quantities.Number(text) is var load && load <= Peer.MaxLoad
            ? load
            : throw new FormatException(
                $"{text} is too much; a peer makes up to {Peer.MaxLoad} transactions a second.");

    private static double Burst(string text) =>
        Quantities.Number(text) is var burst && burst >= 1
            ? burst
            : throw new FormatException($"\"{text}\" is not a burst; write a number of messages, at least 1.");

    private static Range<TimeSpan> Latency(string text)
    {
        var bounds = text.Split('-', 2, StringSplitOptions.TrimEntries);
        var (min, max) = (Quantities.Duration(bounds[0]), Quantities.Duration(bounds[^1]));
        return min <= max
            ? new Range<TimeSpan>(min, max)
            : throw new FormatException($"\"{text}\" is not a range; the smaller time comes first: 20ms-100ms.");
    }

    private static Direction DirectionOf(string text) => text switch
    {
        "both" => Acts.Direction.Both,
        "out" => Acts.Direction.Out,
        "in" => Acts.Direction.In,
        _ => throw new FormatException($"\"{text}\" is not a direction; there are both, out and in."),
    };

    private static string Label(string text) =>
        text.Length is > 0 and <= 40 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? text
            : throw new FormatException($"\"{text}\" is not a name; use up to 40 letters, digits, '-' and '_'.");
}
