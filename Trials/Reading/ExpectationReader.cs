using Blockchain.Shared.Topology;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Reading;

/// <summary>Reads <c>{"sameChain": "honest"}</c>: one kind of expectation, and its arguments.</summary>
internal static class ExpectationReader
{
    /// <summary>Null after having reported what is wrong.</summary>
    public static Expectation? Read(JsonPlace place)
    {
        var members = place.Members("an object such as {\"sameChain\": \"honest\"}");
        var kinds = members.Where(member => ExpectationKind.Names.Contains(member.Name)).ToArray();
        if (kinds is not [var (name, subject)])
        {
            if (place.Value.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                var several = string.Join(", ", kinds.Select(kind => kind.Name));
                var all = string.Join(", ", ExpectationKind.Names);
                place.Problems.Error(place.Path, kinds.Length == 0
                    ? $"says nothing that is expected{Guess(members)}; there are {all}"
                    : $"expects several things: {several}; make a step of each");
            }

            return null;
        }

        var kind = ExpectationKind.All.First(one => one.Name == name);
        var draft = new ExpectationDraft();
        var isRight = subject.TryReadText(kind.What, out var text);
        draft.Subject = text;
        foreach (var (argument, at) in members.Where(member => member.Name != name))
        {
            isRight &= ReadArgument(kind, draft, argument, at);
        }

        Expectation? expectation = null;
        return isRight && subject.Try(() => expectation = kind.Build(draft) with { Since = draft.Since })
            ? expectation
            : null;
    }

    private static bool ReadArgument(ExpectationKind kind, ExpectationDraft draft, string name, JsonPlace place)
    {
        if (!kind.Arguments.Contains(name))
        {
            place.Unknown(name, kind.Arguments.Prepend(kind.Name));
            return false;
        }

        if (name == "with")
        {
            foreach (var (member, value) in place.Members("an object with members of the event"))
            {
                draft.With[member] = value.TryReadText("a text or a number", out var wanted) ? wanted : "";
            }

            return true;
        }

        return place.TryReadText("a text or a number", out var text)
            && place.Try(() => ExpectationKind.Read[name](draft, text));
    }

    private static string Guess(List<(string Name, JsonPlace Place)> members) =>
        members.Select(member => Spelling.DidYouMean(member.Name, ExpectationKind.Names))
            .FirstOrDefault(guess => guess.Length > 0) ?? "";
}
