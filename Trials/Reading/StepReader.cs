using System.Text.Json;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Reading;

/// <summary>
/// Reads a step: <c>{"at": "30s", "do": "kill", "peers": "5000"}</c>, or
/// <c>{"expect": {"sameChain": "honest"}, "within": "15s"}</c>.
/// </summary>
internal static class StepReader
{
    private const string Do = "do";
    private const string Expect = "expect";
    private const string Once = "once";
    private const string Within = "within";
    private const string TimedFrom = "timedFrom";

    private static readonly string[] Common = ["at", "after", Once, Within, "as", "note"];

    private static readonly string[] OfExpectations = [.. Common.Except([Once]), TimedFrom];

    /// <summary>Null after having reported what is wrong.</summary>
    public static Step? Read(JsonPlace place)
    {
        var members = place.Members("a step: {\"do\": …} or {\"expect\": …}").ToDictionary(
            member => member.Name, member => member.Place, StringComparer.Ordinal);
        if (place.Value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var isRight = TryReadWhen(members, out var step);
        switch (members.ContainsKey(Do), members.ContainsKey(Expect))
        {
            case (true, false):
                step = ReadAct(members, step);
                break;
            case (false, true):
                step = ReadExpectation(members, step);
                break;
            case (true, true):
                place.Problems.Error(place.Path, "does something and expects something; make a step of each");
                return null;
            default:
                place.Problems.Error(place.Path, "has neither \"do\" nor \"expect\"");
                return null;
        }

        return isRight ? step : null;
    }

    private static bool TryReadWhen(Dictionary<string, JsonPlace> members, out Step step)
    {
        var isRight = Time(members, "at", out var at);
        isRight &= Time(members, "after", out var after);
        isRight &= Time(members, Within, out var within);
        string? label = null;
        if (members.TryGetValue("as", out var name))
        {
            var draft = new ActDraft();
            isRight &= name.TryReadText("a name", out var text)
                && name.Try(() => ActArgument.All["as"].Read(draft, text));
            label = draft.Label;
        }

        Expectation? once = null;
        if (members.TryGetValue(Once, out var condition))
        {
            once = ExpectationReader.Read(condition);
            isRight &= once is not null;
            if (within is null && !members.ContainsKey(Within))
            {
                condition.Problems.Error(
                    condition.Path, "needs \"within\": how long to wait for it, such as \"60s\"");
                isRight = false;
            }
        }

        string? from = null;
        if (members.TryGetValue(TimedFrom, out var timedFrom))
        {
            isRight &= timedFrom.TryReadText("the name of a step", out from);
            if (!members.ContainsKey(Within))
            {
                timedFrom.Problems.Error(timedFrom.Path, "says from when \"within\" counts, which is not here");
                isRight = false;
            }
        }

        step = new Step
        {
            TimedFrom = from,
            At = at,
            After = after ?? TimeSpan.Zero,
            Within = within ?? TimeSpan.Zero,
            Once = once,
            Label = label,
        };
        return isRight;
    }

    private static bool Time(Dictionary<string, JsonPlace> members, string name, out TimeSpan? time)
    {
        time = null;
        if (!members.TryGetValue(name, out var place))
        {
            return true;
        }

        var isRead = JsonFormats.Duration.TryRead(place, out var value);
        time = isRead ? value : null;
        return isRead;
    }

    private static Step? ReadExpectation(Dictionary<string, JsonPlace> members, Step step)
    {
        foreach (var (name, place) in members)
        {
            if (name != Expect && !OfExpectations.Contains(name))
            {
                place.Unknown(name, OfExpectations.Prepend(Expect));
            }
        }

        return ExpectationReader.Read(members[Expect]) is { } expectation ? step with { Expect = expectation } : null;
    }

    private static Step? ReadAct(Dictionary<string, JsonPlace> members, Step step)
    {
        if (!members[Do].TryReadText("a verb", out var verb))
        {
            return null;
        }

        if (ActKind.Find(verb) is not { } kind)
        {
            members[Do].Problems.Error(
                members[Do].Path,
                $"there is no verb \"{verb}\"{Spelling.DidYouMean(verb, ActKind.Names)}"
                + $"; there are {string.Join(", ", ActKind.Names)}");
            return null;
        }

        if (members.TryGetValue(Within, out var within) && !members.ContainsKey(Once))
        {
            within.Problems.Error(within.Path, "says how long to wait for \"once\", which is not here");
        }

        var isRight = TryReadArguments(kind, members, step, out var draft);
        Act? act = null;
        return isRight && members[Do].Try(() => act = kind.Build(draft)) ? step with { Act = act } : null;
    }

    /// <summary>Also for the acts of a configuration.</summary>
    internal static bool TryReadArguments(
        ActKind kind, Dictionary<string, JsonPlace> members, Step step, out ActDraft draft)
    {
        var read = new ActDraft { At = step.At ?? TimeSpan.Zero, Label = step.Label };
        draft = read;
        var isRight = true;
        foreach (var (name, place) in members)
        {
            if (name == Do || Common.Contains(name))
            {
                continue;
            }

            if (!kind.Arguments.Contains(name))
            {
                place.Unknown(name, kind.Arguments.Concat(Common).Distinct());
                isRight = false;
                continue;
            }

            var argument = ActArgument.All[name];
            isRight &= place.TryReadText(argument.What, out var text) && place.Try(() => argument.Read(read, text));
        }

        foreach (var missing in kind.Required.Where(name => !members.ContainsKey(name)))
        {
            members[Do].Problems.Error(
                members[Do].Path, $"\"{kind.Name}\" needs \"{missing}\": {ActArgument.All[missing].What}");
            isRight = false;
        }

        return isRight;
    }
}
