using System.Text.RegularExpressions;

namespace Blockchain.Conformance;

/// <summary>
/// Reads the rules out of <c>docs/wire.md</c>: list items that begin with a number, such as <c>- **W26.**</c>.
/// </summary>
internal static partial class RulePage
{
    /// <summary>Signed networks and work have rules of their own, which a network need not have.</summary>
    private const string FirstSpecialSection = "## 11.";

    /// <summary>The rules of every network, in the order of the page: number and sentence.</summary>
    public static IReadOnlyList<(string Id, string Sentence)> Read(string page)
    {
        var end = page.IndexOf(FirstSpecialSection, StringComparison.Ordinal);
        var rules = new List<(string, string)>();
        foreach (Match rule in Item().Matches(end < 0 ? page : page[..end]))
        {
            rules.Add((rule.Groups["id"].Value, Plain(rule.Groups["text"].Value)));
        }

        return rules;
    }

    public static string Load()
    {
        using var stream = typeof(RulePage).Assembly.GetManifestResourceStream("wire.md")
            ?? throw new InvalidOperationException("The page is built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>On one line, without bold type and without the targets of links.</summary>
    private static string Plain(string markdown) =>
        Spaces().Replace(Link().Replace(markdown, "$1").Replace("**", "", StringComparison.Ordinal), " ").Trim();

    /// <summary>An item goes on as long as its lines are indented.</summary>
    [GeneratedRegex(@"^- \*\*(?<id>W\d+)\.\*\* (?<text>.*(?:\r?\n {2,}.*)*)", RegexOptions.Multiline)]
    private static partial Regex Item();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
