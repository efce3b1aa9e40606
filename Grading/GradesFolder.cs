using System.Text;
using Blockchain.Grading.Leagues;
using Blockchain.Grading.Reports;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Launching.Guests.Sandboxing;

namespace Blockchain.Grading;

/// <summary>Where grades go: a folder for each student, and the files of the class.</summary>
public sealed class GradesFolder(string path, Sheet sheet, Sandbox sandbox)
{
    public const string PageFile = "index.html";
    public const string ResultsFile = "results.json";
    public const string CsvFile = "grades.csv";
    public const string JUnitFile = "junit.xml";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The page of the class.</summary>
    public string Page => Path.Combine(path, PageFile);

    /// <summary>What one student may see.</summary>
    public void Write(Grade grade)
    {
        ArgumentNullException.ThrowIfNull(grade);
        var folder = Path.Combine(path, FileNames.Of(grade.Submission.Name));
        Directory.CreateDirectory(folder);
        GradePages.OfStudent(grade, sheet, sandbox).Write(Path.Combine(folder, PageFile));
        File.WriteAllText(
            Path.Combine(folder, ResultsFile), GradescopeResults.Write(grade, sheet, Protections()), Utf8);
    }

    /// <param name="league">Null: there was none.</param>
    public void Write(IReadOnlyList<Grade> grades, LeagueResult? league = null)
    {
        Directory.CreateDirectory(path);
        GradePages.OfClass(grades, sheet, sandbox, league is null ? null : LeagueTable.Write(league)).Write(Page);
        File.WriteAllText(Path.Combine(path, CsvFile), ClassFiles.Csv(grades, sheet), Utf8);
        File.WriteAllText(Path.Combine(path, JUnitFile), ClassFiles.JUnit(grades), Utf8);
    }

    private string Protections()
    {
        var missing = sandbox.Protections.Where(state => !state.IsInForce)
            .Select(state => $"{state.Protection}".ToLowerInvariant()).ToArray();
        return $"sandbox: {sandbox.Name}; "
            + (missing.Length == 0 ? "all protections in force" : $"not in force: {string.Join(", ", missing)}");
    }
}
