using System.Globalization;
using Blockchain.Shared;
using Blockchain.Simulation.Faults;

namespace Blockchain.Experiments.Runs;

/// <summary>
/// Reads one fault, word by word:
/// <code>
/// fault  = ["at"] TIME action
/// action = "heal" | ("partition" | "crash" | "restart" | "late-join" | "malicious" | "honest") who
///        | ("cut-off" | "reconnect") "group" NUMBER | "loss" SHARE "until" TIME | "pause" who "until" TIME
///        | "churn" who "until" TIME "up" TIME "down" TIME
/// who    = term {"and" term};  term = "all" | SHARE | "group" NUMBER | ID {ID}
/// </code>
/// </summary>
internal sealed class FaultParser
{
    private const string Kinds =
        "partition, heal, cut-off, reconnect, crash, restart, churn, late-join, malicious, honest, loss, pause";

    private static readonly char[] Separators = [' ', '\t', ','];
    private static readonly string[] AfterWho = ["and", "until", "up", "down"];

    private readonly List<(string Word, int Column)> _words = [];
    private readonly int _end;
    private int _next;

    public FaultParser(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Separators.Contains(text[i]))
            {
                continue;
            }

            var end = text.IndexOfAny(Separators, i);
            end = end < 0 ? text.Length : end;
            _words.Add((text[i..end], i + 1));
            i = end;
        }

        _end = text.TrimEnd().Length + 1;
    }

    private string? Word => _next < _words.Count ? _words[_next].Word : null;

    private int Column => _next < _words.Count ? _words[_next].Column : _end;

    public Fault Parse()
    {
        _ = TakeIf("at");
        var at = Time("when it happens");
        var fault = Action(at);
        return Word is null ? fault : throw Wrong($"The fault is complete before \"{Word}\"; remove the rest.");
    }

    private Fault Action(TimeSpan at)
    {
        var column = Column;
        return Take("what happens") switch
        {
            "heal" => new Heal(at),
            "partition" => new Partition(at, Who()),
            "crash" => new Crash(at, Who()),
            "restart" => new Restart(at, Who()),
            "late-join" => new LateJoin(at, Who()),
            "malicious" => new TurnMalicious(at, Who()),
            "honest" => new TurnMalicious(at, Who(), IsMalicious: false),
            "cut-off" => new CutOffNetwork(at, Group()),
            "reconnect" => new CutOffNetwork(at, Group(), IsCutOff: false),
            "loss" => Loss(at),
            "pause" => Pause(at),
            "churn" => Churn(at),
            var other => throw new FaultSyntaxException(column,
                $"\"{other}\" is not a fault. The faults are: {Kinds}."),
        };
    }

    private LossBurst Loss(TimeSpan at)
    {
        var share = Read("a share", Quantities.Share);
        return new LossBurst(at, TimeAfter("until"), share);
    }

    private Pause Pause(TimeSpan at)
    {
        var who = Who();
        return new Pause(at, TimeAfter("until"), who);
    }

    private Churn Churn(TimeSpan at)
    {
        var who = Who();
        return new Churn(at, TimeAfter("until"), who, TimeAfter("up"), TimeAfter("down"));
    }

    private PeerChoice Who()
    {
        var choice = new PeerChoice();
        var hasShare = false;
        do
        {
            if (Word == "all" || Word?.EndsWith('%') == true)
            {
                if (hasShare)
                {
                    throw Wrong("Only one share can be named; write another fault for the next one.");
                }

                hasShare = true;
            }

            choice = Term(choice);
        }
        while (TakeIf("and"));
        return choice;
    }

    private PeerChoice Term(PeerChoice choice)
    {
        switch (Word)
        {
            case "all":
                _next++;
                return choice with { Share = 1 };
            case "group":
                return choice.NetworkId is null
                    ? choice with { NetworkId = Group() }
                    : throw Wrong("Only one group can be named; write another fault for the next one.");
            case { } share when share.EndsWith('%'):
                return choice with { Share = Read("a share", Quantities.Share) };
        }

        var ids = new List<PeerId> { new(Take("which peers: ids, a share such as 20%, group 1, or all")) };
        while (Word is { } id && !AfterWho.Contains(id))
        {
            ids.Add(new PeerId(id));
            _next++;
        }

        return choice with { Ids = [.. choice.Ids, .. ids] };
    }

    private int Group()
    {
        if (!TakeIf("group"))
        {
            throw Wrong("\"group\" and a localnetworkid are missing here.");
        }

        return Read("a localnetworkid", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
                ? id
                : throw new FormatException($"\"{text}\" is not a localnetworkid; write a whole number."));
    }

    private TimeSpan TimeAfter(string word) =>
        TakeIf(word) ? Time("a time") : throw Wrong($"\"{word}\" and a time are missing here.");

    private TimeSpan Time(string what) => Read(what, Quantities.Duration);

    private T Read<T>(string what, Func<string, T> read)
    {
        var column = Column;
        var text = Take(what);
        try
        {
            return read(text);
        }
        catch (FormatException error)
        {
            throw new FaultSyntaxException(column, error.Message);
        }
    }

    private string Take(string what)
    {
        var word = Word ?? throw Wrong($"The fault is not complete: {what} is missing.");
        _next++;
        return word;
    }

    private bool TakeIf(string word)
    {
        if (Word != word)
        {
            return false;
        }

        _next++;
        return true;
    }

    private FaultSyntaxException Wrong(string message) => new(Column, message);
}
