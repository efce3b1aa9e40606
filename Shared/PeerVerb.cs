using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// A command as text: one word, and arguments with names. The control API, the Observatory, AppHost and the command
/// line
/// have the same words from here.
/// </summary>
/// <param name="Name">The word: "pause".</param>
/// <param name="Parameters">The names of its arguments.</param>
/// <param name="Summary">One sentence for people.</param>
public sealed record PeerVerb(string Name, IReadOnlyList<string> Parameters, string Summary)
{
    private const string Value = "value";
    private const string To = "to";
    private const string Amount = "amount";
    private const string Loss = "loss";
    private const string LatencyMin = "latencyMin";
    private const string LatencyMax = "latencyMax";
    private const string Tx = "tx";
    private const string For = "for";

    public static PeerVerb Mine { get; } = new("mine", [], "Makes a block now.");

    public static PeerVerb Transaction { get; } =
        new("transaction", [To, Amount], "Makes a transaction now; without 'to' for the first peer that it knows.");

    public static PeerVerb Malicious { get; } = new("malicious", [Value], "Whether it makes up the ids of its blocks.");

    public static PeerVerb Generation { get; } =
        new("generation", [Value], "Whether it makes transactions and blocks by itself.");

    public static PeerVerb CutOff { get; } =
        new("cut-off", [Value], "Whether its network is cut off from the others.");

    public static PeerVerb Pause { get; } = new("pause", [Value], "Whether it stands still.");

    public static PeerVerb Conditions { get; } = new(
        "conditions", [Loss, LatencyMin, LatencyMax],
        "What the simulated network does to the messages that it sends; what is not given stays.");

    public static PeerVerb Load { get; } = new(
        "load", [Tx, For], "How many transactions a second it makes by itself; 0: as its plan says.");

    public static IReadOnlyList<PeerVerb> All { get; } =
        [Mine, Transaction, Malicious, Generation, CutOff, Pause, Conditions, Load];

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
            "transaction" => ParsePay(argument(To), argument(Amount)),
            "malicious" => ParseSwitch(argument(Value), value => new SetMalicious(value)),
            "generation" => ParseSwitch(argument(Value), value => new SetGenerating(value)),
            "cut-off" => ParseSwitch(argument(Value), value => new SetCutOff(value)),
            "pause" => ParseSwitch(argument(Value), value => new SetPaused(value)),
            "conditions" => ParseConditions(argument(Loss), argument(LatencyMin), argument(LatencyMax)),
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
            Pay pay => (Transaction, Given((To, pay.To?.Value), (Amount, Text(pay.Amount)))),
            SetMalicious { Value: var value } => (Malicious, Given((Value, Text(value)))),
            SetGenerating { Value: var value } => (Generation, Given((Value, Text(value)))),
            SetCutOff { Value: var value } => (CutOff, Given((Value, Text(value)))),
            SetPaused { Value: var value } => (Pause, Given((Value, Text(value)))),
            SetConditions to => (Conditions, Given(
                (Loss, to.Loss is { } loss ? Text(loss) : null),
                (LatencyMin, to.LatencyMin is { } min ? Durations.Format(min) : null),
                (LatencyMax, to.LatencyMax is { } max ? Durations.Format(max) : null))),
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

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static (PeerCommand?, string?) ParseSwitch(string? value, Func<bool, PeerCommand> command) => value switch
    {
        "true" => (command(true), null),
        "false" => (command(false), null),
        _ => (null, $"{Value} must be true or false"),
    };

    private static (PeerCommand?, string?) ParsePay(string? to, string? amount)
    {
        long whole = 1;
        if (amount is not null
            && !(long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out whole) && whole > 0))
        {
            return (null, $"{Amount} must be a whole number above 0");
        }

        return to is not null && (to.Length is 0 or > WireLimits.PeerIdLength || to.Any(char.IsSurrogate))
            ? (null, $"{To} must be the id of a peer, of 1 to {WireLimits.PeerIdLength} characters")
            : (new Pay(to is null ? null : new PeerId(to), whole), null);
    }

    private static (PeerCommand?, string?) ParseConditions(string? loss, string? latencyMin, string? latencyMax)
    {
        if ((loss, latencyMin, latencyMax) is (null, null, null))
        {
            return (null, $"give {Loss}, {LatencyMin} or {LatencyMax}");
        }

        double share = 0;
        if (loss is not null && !(TryParseNumber(loss, out share) && share is >= 0 and <= 1))
        {
            return (null, $"{Loss} must be a number from 0 to 1, such as 0.1");
        }

        if (!TryParseDuration(latencyMin, out var min) || !TryParseDuration(latencyMax, out var max))
        {
            return (null, $"{LatencyMin} and {LatencyMax} must be durations such as 20ms or 1.5s");
        }

        var command = new SetConditions(loss is null ? null : share, min, max);
        return command.Apply(default).IsValid ? (command, null) : (null, NetworkConditions.Rule);
    }

    private static (PeerCommand?, string?) ParseLoad(string? tx, string? time)
    {
        if (!TryParseNumber(tx, out var perSecond) || perSecond is not (>= 0 and <= Peer.MaxLoad))
        {
            return (null, $"{Tx} must be a number of transactions a second from 0 to {Peer.MaxLoad}");
        }

        return !TryParseDuration(time, out var length)
            || length is { } given && (given == TimeSpan.Zero || given > Durations.Longest)
                ? (null, $"{For} must be a duration such as 30s or 5min, up to {Durations.Format(Durations.Longest)}")
                : (new SetLoad(perSecond, length ?? TimeSpan.Zero), null);
    }

    private static bool TryParseNumber(string? text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    /// <summary>A duration, or null where none is given.</summary>
    private static bool TryParseDuration(string? text, out TimeSpan? duration)
    {
        duration = null;
        if (text is null)
        {
            return true;
        }

        var isDuration = Durations.TryParse(text, out var parsed);
        duration = parsed;
        return isDuration;
    }
}
