using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Blockchain.Shared;

/// <summary>
/// A command as text: one word, and arguments with names. The control API, the Observatory, AppHost, scenarios and the
/// command line have the same words from here.
/// </summary>
/// <param name="Name">The word: "pause".</param>
/// <param name="Parameters">The names of its arguments.</param>
/// <param name="Summary">One sentence for people.</param>
public sealed partial record PeerVerb(string Name, IReadOnlyList<string> Parameters, string Summary)
{
    private const string Value = "value";
    private const string To = "to";
    private const string Amount = "amount";
    private const string Loss = "loss";
    private const string LatencyMin = "latencyMin";
    private const string LatencyMax = "latencyMax";
    private const string Burst = "burst";
    private const string CapacityName = "capacity";
    private const string ClearName = "clear";
    private const string BehaviourName = "behaviour";
    private const string From = "from";
    private const string Tx = "tx";
    private const string For = "for";

    public static PeerVerb Mine { get; } = new("mine", [], "Makes a block now.");

    public static PeerVerb Send { get; } =
        new("send", [To, Amount], "Makes a transaction now; without 'to' for the first peer that it knows.");

    public static PeerVerb Malicious { get; } = new(
        "malicious", [Value, BehaviourName],
        "Whether it behaves otherwise than the protocol asks for; without 'behaviour' it makes up the ids of its "
            + "blocks.");

    public static PeerVerb Generate { get; } =
        new("generate", [Value], "Whether it makes transactions and blocks by itself.");

    public static PeerVerb CutOff { get; } =
        new("cut-off", [Value], "Whether its network is cut off from the others.");

    public static PeerVerb Pause { get; } = new("pause", [Value], "Whether it stands still.");

    public static PeerVerb Partition { get; } = new(
        "partition", [From], "To whom nothing of it gets, as ids with commas between; 'none': to everybody again.");

    public static PeerVerb Conditions { get; } = new(
        "conditions", [Loss, Burst, LatencyMin, LatencyMax, CapacityName, To, ClearName],
        "What the simulated network does to the messages that it sends, with 'to' only to those peers; what is not "
            + "given stays, and 'clear' ends it.");

    public static PeerVerb Load { get; } = new(
        "load", [Tx, For], "How many transactions a second it makes by itself; 0: as its plan says.");

    public static IReadOnlyList<PeerVerb> All { get; } =
        [Mine, Send, Malicious, Generate, CutOff, Pause, Partition, Conditions, Load];

    /// <summary>Reads a command.</summary>
    /// <param name="argument">The value of an argument by its name; null: it is not given.</param>
    /// <param name="problem">What is wrong, in one line.</param>
    public bool TryParse(
        Func<string, string?> argument,
        [NotNullWhen(true)] out PeerCommand? command,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(argument);
        (command, problem) = Name switch
        {
            "mine" => (new Shared.Mine(), null),
            "send" => ParsePay(argument(To), argument(Amount)),
            "malicious" => ParseMalicious(argument(Value), argument(BehaviourName)),
            "generate" => ParseSwitch(argument(Value), value => new SetGenerating(value)),
            "cut-off" => ParseSwitch(argument(Value), value => new SetCutOff(value)),
            "pause" => ParseSwitch(argument(Value), value => new SetPaused(value)),
            "partition" => PeerSet.TryParse(argument(From), out var from)
                ? (new SetPartition(from), null)
                : (null, $"{From} must be ids of peers with commas between, or {PeerSet.NoneText}"),
            "conditions" => ParseConditions(argument),
            "load" => ParseLoad(argument(Tx), argument(For)),
            _ => (null, $"there is no command \"{Name}\""),
        };
        return command is not null;
    }

    /// <summary>The word and the arguments of a command; <see cref="TryParse"/> reads them back.</summary>
    public static (PeerVerb Verb, IReadOnlyList<KeyValuePair<string, string>> Arguments) Of(PeerCommand command) =>
        command switch
        {
            Shared.Mine => (Mine, []),
            Pay pay => (Send, Given((To, pay.To?.Value), (Amount, Text(pay.Amount)))),
            SetMalicious to => (Malicious, Given(
                (Value, Text(to.Value)),
                (BehaviourName, to.Value && to.Behaviour != Behaviours.FalseIds ? to.Behaviour : null))),
            SetGenerating { Value: var value } => (Generate, Given((Value, Text(value)))),
            SetCutOff { Value: var value } => (CutOff, Given((Value, Text(value)))),
            SetPaused { Value: var value } => (Pause, Given((Value, Text(value)))),
            SetPartition { From: var from } => (Partition, Given((From, from.ToString()))),
            SetConditions to => (Conditions, Given(
                (Loss, TextOf(to.Loss)),
                (Burst, TextOf(to.Burst)),
                (LatencyMin, TextOf(to.LatencyMin)),
                (LatencyMax, TextOf(to.LatencyMax)),
                (CapacityName, TextOf(to.Capacity)),
                (To, to.To?.ToString()),
                (ClearName, to.Clear ? Text(true) : null))),
            SetLoad load => (Load, Given(
                (Tx, Text(load.PerSecond)), (For, load.Time > TimeSpan.Zero ? Durations.Format(load.Time) : null))),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A command without a verb."),
        };

    private static KeyValuePair<string, string>[] Given(params ReadOnlySpan<(string Name, string? Value)> arguments)
    {
        var given = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in arguments)
        {
            if (value is not null)
            {
                given.Add(new(name, value));
            }
        }

        return [.. given];
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without an exponent, which the reader does not know.</summary>
    private static string Text(double number)
    {
        var shortest = number.ToString(CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal)
            ? number.ToString("0.##############################", CultureInfo.InvariantCulture)
            : shortest;
    }

    private static string? TextOf(double? number) => number is { } given ? Text(given) : null;

    private static string? TextOf(TimeSpan? duration) => duration is { } given ? Durations.Format(given) : null;
}
