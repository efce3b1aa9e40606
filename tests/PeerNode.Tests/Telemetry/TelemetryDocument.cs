using System.Text.RegularExpressions;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>The tables of <c>docs/telemetry.md</c>.</summary>
internal static partial class TelemetryDocument
{
    public static string Root { get; } = FindRoot();

    /// <summary>Name, type, unit and tags of each metric.</summary>
    public static IReadOnlyList<(string Name, string Type, string Unit, string[] Tags)> Metrics() =>
        [.. Rows("metric").Select(row => (Codes(row[0]).Single(), row[1], Codes(row[2]).Single(), Codes(row[3])))];

    /// <summary>Name and attributes of each span; ".via" behind "blockchain.from" is "blockchain.via".</summary>
    public static IReadOnlyList<(string Name, string[] Attributes)> Spans() =>
        [.. Rows("span").Select(row => (Codes(row[0]).Single(), Attributes(row[3]).ToArray()))];

    /// <summary>The cells of each row of the table whose first column has this head.</summary>
    private static IEnumerable<string[]> Rows(string head) => File.ReadLines(Path.Combine(Root, "docs", "telemetry.md"))
        .SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());

    private static string[] Codes(string cell) => [.. Quoted().Matches(cell).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Attributes(string cell)
    {
        var prefix = "";
        foreach (var name in Codes(cell).Where(name => name.Contains('.', StringComparison.Ordinal)))
        {
            var whole = name.StartsWith('.') ? prefix + name : name;
            prefix = whole[..whole.LastIndexOf('.')];
            yield return whole;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "docs", "telemetry.md")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Quoted();
}
