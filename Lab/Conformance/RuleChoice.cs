using Blockchain.Conformance;

namespace Blockchain.Lab.Conformance;

/// <summary>Rules as they are chosen: <c>W20-W30,W55</c>.</summary>
internal static class RuleChoice
{
    /// <exception cref="FormatException">There is no such rule; the message says so.</exception>
    public static IReadOnlySet<string> Parse(string text)
    {
        var chosen = new HashSet<string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            var (first, last) = (Place(ends[0]), Place(ends[^1]));
            if (ends.Length > 2 || last < first)
            {
                throw new FormatException($"\"{part}\" is no range of rules; write for example W20-W30");
            }

            chosen.UnionWith(RuleBook.All.Take(first..(last + 1)).Select(rule => rule.Id));
        }

        return chosen.Count > 0 ? chosen : throw new FormatException("no rule is named");
    }

    private static int Place(string id)
    {
        for (var i = 0; i < RuleBook.All.Count; i++)
        {
            if (string.Equals(RuleBook.All[i].Id, id, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw new FormatException($"there is no rule {id}; they are {RuleBook.All[0].Id} to {RuleBook.All[^1].Id}");
    }
}
