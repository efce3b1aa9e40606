using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Launching.Guests.Sandboxing;

namespace Blockchain.Grading.Tests;

/// <summary>Whole gradings of a few submissions with real processes.</summary>
public sealed class GraderTests : IDisposable
{
    private const string Sheet = """
        {
          "about": "Say hello",
          "rules": [ { "rules": ["W29"], "weight": 1, "name": "Ping" } ],
          "scenarios": [
            { "file": "hello.json", "as": ["6000"], "seeds": 2, "weight": 2, "name": "Hello" },
            { "file": "hello.json", "as": ["6000"], "seeds": 2, "weight": 1, "name": "Again", "hidden": true }
          ],
          "limits": { "turn": "3s", "cpu": "20s" }
        }
        """;

    private const string Scenario = """
        {
          "network": { "peers": {
            "5000": { "ip": "127.0.0.2", "port": 5000 }, "6000": { "ip": "127.0.0.3", "port": 6000 },
            "7000": { "ip": "127.0.0.4", "port": 7000 } } },
          "hunt": { "peers": true },
          "steps": [
            { "expect": { "answers": "5000" } },
            { "do": "mine", "peers": "5000", "as": "block" },
            { "expect": { "everywhere": "block", "of": "6000" }, "within": "20s" }
          ]
        }
        """;

    private const string Right = "import node\nnode.run(node.LittleNode)";

    private static readonly byte[] Secret = "a secret of sixteen bytes"u8.ToArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("grader-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Submissions_OfFourKinds_GetWhatTheyDeserve()
    {
        Submit("right", Right);
        Submit("deaf", """
            import node
            class Deaf(node.LittleNode):
                def on_message(self, sender, message):
                    if message["type"] not in ("BLOCK", "PING"):
                        super().on_message(sender, message)
            node.run(Deaf)
            """);
        Submit("crashes", "raise SystemExit('no')");
        Submit("hangs", "import time; time.sleep(60)");
        var grades = Run(out var grader).ToDictionary(grade => grade.Submission.Name);
        Assert.Equal(0, grader.Kept);
        Assert.Equal(4, grades["right"].Score);
        Assert.Equal(0, grades["deaf"].Score);
        Assert.Equal(0, grades["crashes"].Score);
        Assert.Equal(0, grades["hangs"].Score);
        Assert.Contains("6000 lacks block", Reason(grades["deaf"], check: 1));
        Assert.Contains("it ended, exit code 1", Reason(grades["crashes"], check: 1));
        Assert.Contains("it said: no", Reason(grades["crashes"], check: 1));
        Assert.Contains("did not say done within 3 s", Reason(grades["hangs"], check: 0));
        Assert.StartsWith("<svg", grades["deaf"].Results[1].Result.Diagram);
        Assert.Matches("^The smallest run found that fails like seed [0-9]+: seed [0-9]+, 2 of 3 peers, “mine 5000",
            grades["deaf"].Results[1].Result.Caption);
        Assert.Null(grades["deaf"].Results[2].Result.Diagram);
        AssertFiles(grades["deaf"]);
    }

    [Fact]
    public void Results_OfBefore_AreNotComputedAgain()
    {
        Submit("right", Right);
        Submit("crashes", "raise SystemExit('no')");
        var before = Run(out _);
        Assert.Equal(before.Select(Scores), Run(out var second).Select(Scores));
        Assert.Equal(6, second.Kept);
        Submit("crashes", Right);
        Assert.Equal([4.0, 4.0], Run(out var third).Select(grade => grade.Score));
        Assert.Equal(3, third.Kept);
    }

    [Fact]
    public void MistakeOfOurs_WithOneSubmission_LeavesTheOthersAlone()
    {
        Submit("right", Right);
        Submit("gone", Right);
        var submissions = SubmissionReader.ReadAll(Submissions);
        Directory.Delete(submissions.Single(one => one.Name == "gone").Folder, recursive: true);
        var grades = Run(out _, submissions).ToDictionary(grade => grade.Submission.Name);
        Assert.Equal(4, grades["right"].Score);
        Assert.Equal(0, grades["gone"].Score);
    }

    [Fact]
    public void League_OfSeveral_SaysWhoAgreesWithWhom()
    {
        Submit("anna", Right);
        Submit("bert", Right);
        Submit("crashes", "raise SystemExit('no')");
        Submit("later", """
            import node
            class Later(node.LittleNode):
                def on_message(self, sender, message):
                    if message["type"] == "BLOCK": raise SystemExit(7)
                    super().on_message(sender, message)
            node.run(Later)
            """);
        var sheet = SheetFile.Load(WriteSheet(), File.ReadAllBytes).Sheet!;
        using var sandbox = Sandbox.Open();
        using var grader = new Grader(sheet, sandbox, Path.Combine(_folder, "grades"), Secret);
        var stop = TestContext.Current.CancellationToken;
        var league = grader.RunLeague(SubmissionReader.ReadAll(Submissions), stop);
        Assert.Equal(["ours 5000", "ours 5001", "ours 5002", "ours 5003", "anna", "bert", "later"], league.Members);
        Assert.Equal((league.Seeds, league.Seeds), (league.Same[0][4], league.Same[4][5]));
        Assert.True(league.Common[0][4] > 0, "they have blocks in common");
        Assert.Equal(0, league.Same[0][6]);
        Assert.Equal(["crashes", "later"], league.Failures.Keys.Order());
        Assert.Contains("<td class=\"number held\">3</td>", Reports.LeagueTable.Write(league));
    }

    private string WriteSheet()
    {
        var path = Path.Combine(_folder, "sheet.json");
        File.WriteAllText(path, Sheet);
        File.WriteAllText(Path.Combine(_folder, "hello.json"), Scenario);
        return path;
    }

    private string Submissions => Path.Combine(_folder, "submissions");

    private IReadOnlyList<Grade> Run(out Grader grader, IReadOnlyList<Submission>? submissions = null)
    {
        var sheet = SheetFile.Load(WriteSheet(), File.ReadAllBytes).Sheet!;
        using var sandbox = Sandbox.Open();
        var folder = new GradesFolder(Path.Combine(_folder, "grades"), sheet, sandbox);
        grader = new Grader(sheet, sandbox, Path.Combine(_folder, "grades"), Secret);
        using (grader)
        {
            submissions ??= SubmissionReader.ReadAll(Submissions);
            var grades = grader.Run(submissions, 2, TestContext.Current.CancellationToken, folder.Write);
            folder.Write(grades);
            return grades;
        }
    }

    private void AssertFiles(Grade hidden)
    {
        var grades = Path.Combine(_folder, "grades");
        string[] pages =
        [
            File.ReadAllText(Path.Combine(grades, "index.html")), File.ReadAllText(Path.Combine(grades, "junit.xml")),
            .. Directory.EnumerateFiles(Path.Combine(grades, hidden.Submission.Name)).Select(File.ReadAllText),
        ];
        Assert.Equal(4, pages.Length);
        var seeds = hidden.Results[2].Result.Runs.Select(run => run.Name.Split("seed ")[1].TrimEnd(')')).ToArray();
        Assert.All(pages, page => Assert.DoesNotContain(seeds, seed => page.Contains(seed, StringComparison.Ordinal)));
        Assert.Contains("right/index.html", pages[0]);
    }

    private static string Reason(Grade grade, int check) => grade.Results[check].Result.Runs[0].Reason;

    private static string Scores(Grade grade) => $"{grade.Submission.Name} {grade.Score} "
        + string.Join(' ', grade.Results.Select(one => one.Result.Share));

    private void Submit(string name, string program)
    {
        var folder = Path.Combine(Submissions, name);
        Directory.CreateDirectory(folder);
        File.Copy(Shipped.Kit("kit.py"), Path.Combine(folder, "kit.py"), overwrite: true);
        File.Copy(Shipped.Kit("node.py"), Path.Combine(folder, "node.py"), overwrite: true);
        File.WriteAllText(Path.Combine(folder, "main.py"), program);
        File.WriteAllText(Path.Combine(folder, "node.json"), """{ "stdio": ["python3", "main.py", "--stdio"] }""");
    }
}
