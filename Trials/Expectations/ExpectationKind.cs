using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>One kind of expectation: what it is called, and what may stand beside that.</summary>
/// <param name="Arguments">What may stand beside it.</param>
/// <param name="Build">Throws <see cref="FormatException"/> with what is wrong.</param>
internal sealed record ExpectationKind(
    string Name, string What, string[] Arguments, Func<ExpectationDraft, Expectation> Build)
{
    private const string Percentile = "percentile";

    private static readonly string[] Bounds = ["atLeast", "atMost"];
    private static readonly PeerChoice Honest = PeerChoice.Of(PeerKind.Honest);
    private static readonly PeerChoice HonestFull = PeerChoice.Of(PeerKind.Honest, PeerKind.Full);

    public static IReadOnlyList<ExpectationKind> All { get; } =
    [
        new("sameChain", PeerChoiceText.What, [], draft => new SameChain(Peers(draft.Subject))),
        new("height", PeerChoiceText.What, Bounds, draft => new Height(Peers(draft.Subject), draft.Bound)),
        new("everywhere", "\"blocks\", \"transactions\" or the name of a step", ["of", "since"],
            draft => new Everywhere(draft.Subject, draft.Of ?? Honest)),
        new("banned", PeerChoiceText.What, ["by"],
            draft => new Banned(Peers(draft.Subject), draft.By ?? HonestFull, IsBanned: true)),
        new("notBanned", PeerChoiceText.What, ["by"],
            draft => new Banned(Peers(draft.Subject), draft.By ?? Honest, IsBanned: false)),
        new("knows", PeerChoiceText.What, ["of"],
            draft => new Knows(Peers(draft.Subject), draft.Of ?? Honest, Hears: false)),
        new("hears", PeerChoiceText.What, ["of"],
            draft => new Knows(Peers(draft.Subject), draft.Of ?? Honest, Hears: true)),
        new("answers", PeerChoiceText.What, [], draft => new Answers(Peers(draft.Subject))),
        new("seen", "a kind of event", ["of", "with", "since"], draft => SeenOf(draft, never: false)),
        new("neverSeen", "a kind of event", ["of", "with", "since"], draft => SeenOf(draft, never: true)),
        new("metric", "the name of a metric",
            [.. Bounds, "of", "since", Percentile, "type", "reason", "status", "priority", "direction"], MeasuredOf),
        new("drops", "a drop reason, or \"all\"", [.. Bounds, "of", "since", "type"], DropsOf),
        new("reached", "a share of the peers", [.. Bounds, "of", "since", Percentile],
            draft => new Reached(
                Quantities.Share(draft.Subject), draft.Percentile ?? 50, draft.Of ?? Honest, draft.Bound)),
        new("copies", PeerChoiceText.What, [.. Bounds, "since"],
            draft => new CopiesReceived(Peers(draft.Subject), draft.Bound)),
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    /// <summary>Reads what stands beside the name of a kind.</summary>
    public static IReadOnlyDictionary<string, Action<ExpectationDraft, string>> Read { get; } =
        new Dictionary<string, Action<ExpectationDraft, string>>(StringComparer.Ordinal)
        {
            ["of"] = (draft, text) => draft.Of = Peers(text),
            ["by"] = (draft, text) => draft.By = Peers(text),
            ["atLeast"] = (draft, text) => draft.AtLeast = Number(text),
            ["atMost"] = (draft, text) => draft.AtMost = Number(text),
            [Percentile] = (draft, text) => draft.Percentile = Quantities.Number(text) is var share && share <= 100
                ? share
                : throw new FormatException($"\"{text}\" is not a percentile; write a number from 0 to 100."),
            ["since"] = (draft, text) => draft.Since = Durations.TryParse(text, out var time)
                ? new Since(time, null)
                : new Since(null, text),
            ["type"] = (draft, text) => draft.Tags["type"] = OneOf(
                text, Enum.GetValues<MessageType>().Select(type => type.Name())),
            ["reason"] = (draft, text) => draft.Tags["reason"] = Reason(text),
            ["status"] = (draft, text) => draft.Tags["status"] = OneOf(text, Upper<PeerStatus>()),
            ["priority"] = (draft, text) => draft.Tags["priority"] = OneOf(text, Upper<MessagePriority>()),
            ["direction"] = (draft, text) => draft.Tags["direction"] = OneOf(text, ["sent", "received"]),
        };

    private static PeerChoice Peers(string text)
    {
        var choice = PeerChoiceText.Parse(text);
        return choice.Share is 0 or 1
            ? choice
            : throw new FormatException("a share of the peers is drawn anew each time; name them in another way.");
    }

    private static double Number(string text)
    {
        // Times are compared in seconds.
        return Durations.TryParse(text, out var time)
            ? time.TotalSeconds
            : throw new FormatException($"\"{text}\" is neither a number nor a time.");
    }

    private static IEnumerable<string> Upper<T>() where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => name.ToUpperInvariant());

    /// <summary>What a tag can never be would count as nothing.</summary>
    private static string OneOf(string text, IEnumerable<string> known) => known.Contains(text)
        ? text
        : throw new FormatException($"\"{text}\" is none of {string.Join(", ", known)}.");

    private static string Reason(string text) => Enum.TryParse<DropReason>(text, out _)
        ? text
        : throw new FormatException($"there is no drop reason \"{text}\"{Spelling.DidYouMean(
            text, Enum.GetNames<DropReason>())}.");

    private static Seen SeenOf(ExpectationDraft draft, bool never)
    {
        if (!EventJson.AllKinds.Contains(draft.Subject))
        {
            throw new FormatException($"there is no kind of event \"{draft.Subject}\""
                + $"{Spelling.DidYouMean(draft.Subject, EventJson.AllKinds)}.");
        }

        // What no event can have would never be seen, and so "neverSeen" would always hold.
        var members = EventJson.MembersOf(draft.Subject).ToArray();
        return draft.With.Keys.Except(members).FirstOrDefault() is { } wrong
            ? throw new FormatException($"an event {draft.Subject} has no \"{wrong}\"; it has "
                + $"{string.Join(", ", members)}{Spelling.DidYouMean(wrong, members)}.")
            : new Seen(draft.Subject, draft.With, draft.Of ?? Honest, never);
    }

    private static Measured MeasuredOf(ExpectationDraft draft)
    {
        var metric = Metric.Known(draft.Subject);
        if (draft.Tags.Keys.Except(metric.Tags).FirstOrDefault() is { } tag)
        {
            throw new FormatException($"{metric.Name} has no \"{tag}\".");
        }

        if (draft.Since is not null && metric.Kind != MetricKind.Counter && metric.Name != Metric.BlockPropagation)
        {
            throw new FormatException($"{metric.Name} cannot be told since a moment.");
        }

        return draft.Percentile is not null && metric.Kind != MetricKind.Distribution
            ? throw new FormatException($"{metric.Name} is one number and has no percentiles.")
            : new Measured(metric, draft.Tags, draft.Percentile ?? 50, draft.Of ?? Honest, draft.Bound);
    }

    private static Measured DropsOf(ExpectationDraft draft)
    {
        if (draft.Subject != "all")
        {
            draft.Tags["reason"] = Reason(draft.Subject);
        }

        return new Measured(
            Metric.Known(Metric.Dropped), draft.Tags, 50, draft.Of ?? PeerChoice.All, draft.Bound);
    }
}
