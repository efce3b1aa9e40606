using System.Diagnostics;
using System.Globalization;
using Blockchain.Experiments.Runs;
using Blockchain.Grading;
using Blockchain.Grading.Leagues;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Lab.Hunting;
using Blockchain.Launching;
using Blockchain.Launching.Guests.Sandboxing;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Grading;

/// <summary>One call of <c>grade</c>.</summary>
internal sealed class GradeRun(GradeRequest request, IAnsiConsole console)
{
    private const int LeastSecret = 16;

    private readonly List<string> _problems = [];

    public int Run()
    {
        PlainOutput.KeepLinesWhole(console);
        var sheet = ReadSheet();
        var submissions = ReadSubmissions();
        var secret = ReadSecret(sheet);
        if (_problems.Count > 0 || sheet is null)
        {
            _problems.ForEach(Console.Error.WriteLine);
            return ExitCode.Refused;
        }

        try
        {
            using var sandbox = Sandbox.Open(request.Sandbox, request.Tools, request.Image);
            ShowProtections(sandbox);
            return Run(sheet, submissions, secret, sandbox);
        }
        catch (RefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return ExitCode.Refused;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCode.Failure;
        }
    }

    private int Run(Sheet sheet, IReadOnlyList<Submission> submissions, byte[]? secret, Sandbox sandbox)
    {
        using var stop = new StopRequest();
        var begun = Stopwatch.GetTimestamp();
        using var grader = new Grader(sheet, sandbox, request.Folder, secret);
        var folder = new GradesFolder(request.Folder, sheet, sandbox);
        IReadOnlyList<Grade>? grades = null;
        LeagueResult? league = null;
        var total = submissions.Count * sheet.Checks.Count;
        new HuntDisplay(console).Show(
            () => Line(grader.Done, total, Stopwatch.GetElapsedTime(begun))
                + (grader.Done == total && request.HasLeague ? ", the league is being played" : ""),
            () =>
            {
                try
                {
                    grades = grader.Run(submissions, request.Jobs, stop.Token, folder.Write);
                    league = request.HasLeague ? grader.RunLeague(submissions, stop.Token) : null;
                }
                catch (OperationCanceledException)
                {
                    // What was done is kept.
                }
            });
        if (grades is null)
        {
            console.WriteLine(
                $"interrupted after {grader.Done} of {total} checks; the same command goes on from there");
            return ExitCode.Interrupted;
        }

        folder.Write(grades, league);
        Show(grades, sheet);
        var who = grades.Count == 1 ? "submission" : "submissions";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{grades.Count} {who}, {total} checks ({grader.Kept} were done before), "
            + $"{Duration.Seconds(Stopwatch.GetElapsedTime(begun))}; {folder.Page}"));
        return grades.Any(grade => grade.Results.Any(one => one.Result.IsOurFault))
            ? ExitCode.Failure
            : ExitCode.Success;
    }

    private static string Line(int done, int total, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture, $"{done:N0} of {total:N0} checks, {Duration.Clock(elapsed)}");

    private void ShowProtections(Sandbox sandbox)
    {
        console.WriteLine($"sandbox: {sandbox.Name}");
        foreach (var state in sandbox.Protections)
        {
            var (colour, word) = state.IsInForce ? ("green", "in force") : ("yellow", "NOT in force");
            console.MarkupLineInterpolated(
                $"  {$"{state.Protection}".ToLowerInvariant(),-12} [{colour}]{word,-13}[/] {state.How}");
        }
    }

    private void Show(IReadOnlyList<Grade> grades, Sheet sheet)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("student")
            .AddColumn(new TableColumn($"of {sheet.MaxScore:0.##}").RightAligned());
        foreach (var check in sheet.Checks)
        {
            table.AddColumn(new TableColumn(Markup.Escape(check.Name)).RightAligned());
        }

        foreach (var grade in grades)
        {
            table.AddRow(
            [
                new Text(grade.Submission.Name),
                Points(grade.Score, grade.Score >= grade.MaxScore),
                .. grade.Results.Select(one => Points(Grade.ScoreOf(one.Check, one.Result), one.Result.IsWhole)),
            ]);
        }

        console.Write(table);
    }

    private static Text Points(double points, bool isWhole) => new(
        points.ToString("0.##", CultureInfo.InvariantCulture), new Style(isWhole ? Color.Green : Color.Red));

    private Sheet? ReadSheet()
    {
        var result = SheetFile.Load(request.Sheet, File.ReadAllBytes);
        _problems.AddRange(result.Problems.Where(problem => problem.Severity == Severity.Error)
            .Select(problem => $"{request.Sheet}: {problem}"));
        return result.Sheet;
    }

    private IReadOnlyList<Submission> ReadSubmissions()
    {
        if (!Directory.Exists(request.Submissions))
        {
            _problems.Add($"{request.Submissions}: there is no such folder");
            return [];
        }

        var all = SubmissionReader.ReadAll(Path.GetFullPath(request.Submissions));
        _problems.AddRange(request.Only.Except(all.Select(one => one.Name))
            .Select(name => $"--only: there is no submission \"{name}\""));
        if (all.Count == 0)
        {
            _problems.Add($"{request.Submissions}: there is no submission in it, a folder with a node.json");
        }

        return request.Only.Count == 0 ? all : [.. all.Where(one => request.Only.Contains(one.Name))];
    }

    private byte[]? ReadSecret(Sheet? sheet)
    {
        if (request.Secret is not { } path)
        {
            if (sheet?.HasHidden == true)
            {
                _problems.Add("--secret: the sheet has hidden seeds; name the file that they are drawn from");
            }

            return null;
        }

        try
        {
            var secret = File.ReadAllBytes(path);
            if (secret.Length < LeastSecret)
            {
                _problems.Add($"--secret: {path} has fewer than {LeastSecret} bytes, which could be guessed");
            }

            return secret;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"--secret: {problem.Message}");
            return null;
        }
    }
}
