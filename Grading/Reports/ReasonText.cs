using System.Text.RegularExpressions;

namespace Blockchain.Grading.Reports;

/// <summary>
/// Why a run did not hold, as somebody reads it who has written the program: what it said first, and in lines; what it
/// was asked last.
/// </summary>
internal static partial class ReasonText
{
    public static string Of(string reason)
    {
        reason = Folder().Replace(reason, "");
        return End().Replace(reason, match =>
        {
            var said = match.Groups["said"].Value.Replace(" | ", "\n", StringComparison.Ordinal);
            return $"{(said.Length > 0 ? $"; it said:\n{said}" : "")}\nit was asked: {match.Groups["asked"].Value}";
        });
    }

    /// <summary>The same for two runs that failed in the same way with other numbers, ids and names.</summary>
    public static string KindOf(string reason) =>
        Number().Replace(Id().Replace(End().Replace(Folder().Replace(reason, ""), "${said}"), "#"), "#");

    // Of a program that ended: what it was asked, and the last lines of its standard error with bars between them.
    [GeneratedRegex(@", after (?<asked>\{.*?)(; it said: (?<said>[^\n]*))?(?=\n|$)")]
    private static partial Regex End();

    // The copy that is graded stands somewhere else each time.
    [GeneratedRegex(@"/[^\s""]*blockchain-grading-[^/\s""]+/[^/\s""]+/")]
    private static partial Regex Folder();

    [GeneratedRegex(@"\b[0-9a-f]{7,64}\b")]
    private static partial Regex Id();

    // Where in the program it was, and how it ended, makes another kind.
    [GeneratedRegex(@"(?<!line |exit code |signal )(?<![\d.])\d+(\.\d+)?")]
    private static partial Regex Number();
}
