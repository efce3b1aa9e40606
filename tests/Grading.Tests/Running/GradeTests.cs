using System.Text.Json;
using Blockchain.Grading.Reports;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Launching.Guests;

namespace Blockchain.Grading.Tests.Running;

public sealed class GradeTests
{
    private static readonly RuleCheck Rules = new("Handshake", 2, IsMandatory: false, ["W28", "W29"]);
    private static readonly ScenarioCheck Hidden =
        new("Chain", 3, IsMandatory: false, "chain.json", ["6000"], Seeds: 3, IsHidden: true);

    private static readonly Sheet Sheet =
        new("Exercise", [Rules, Hidden], GuestLimits.Default, TimeSpan.FromMinutes(1));

    [Fact]
    public void Points_OfAShare_AreThatShareOfTheWeight()
    {
        var grade = Grade(Result(Outcome.Held, Outcome.Broken), Result(Outcome.Held, Outcome.Unknown, Outcome.Held));
        Assert.Equal((3, 5), (grade.Score, grade.MaxScore));
        Assert.Empty(grade.Missed);
    }

    [Fact]
    public void Points_WithoutAMandatoryCheck_AreNone()
    {
        var grade = new Grade(Anna, [
            (Rules with { IsMandatory = true }, Result(Outcome.Held, Outcome.Unknown)),
            (Hidden, Result(Outcome.Held, Outcome.Held, Outcome.Held))]);
        Assert.Equal(0, grade.Score);
        Assert.Equal("Handshake", Assert.Single(grade.Missed).Name);
    }

    [Fact]
    public void Points_WithTheMandatoryCheck_AreAll() => Assert.Equal(5, new Grade(Anna, [
        (Rules with { IsMandatory = true }, Result(Outcome.Held, Outcome.Held)),
        (Hidden, Result(Outcome.Held, Outcome.Held, Outcome.Held))]).Score);

    [Fact]
    public void Seeds_ThatAreHidden_ComeFromTheSecret()
    {
        var secret = "a secret of sixteen bytes"u8.ToArray();
        Assert.Equal(Seeds.Of(Hidden, secret), Seeds.Of(Hidden, secret));
        Assert.Equal(3, Seeds.Of(Hidden, secret).Distinct().Count());
        Assert.Empty(Seeds.Of(Hidden, secret).Intersect(Seeds.Of(Hidden, "another secret, as long"u8.ToArray())));
        Assert.Empty(Seeds.Of(Hidden, secret).Intersect(Seeds.Of(Hidden with { Name = "Other" }, secret)));
    }

    [Fact]
    public void Seeds_ThatAreNotHidden_AreCounted() =>
        Assert.Equal([1UL, 2UL, 3UL], Seeds.Of(Hidden with { IsHidden = false }, secret: null));

    [Fact]
    public void Results_ForGradescope_HaveItsShape()
    {
        var grade = Grade(Result(Outcome.Held, Outcome.Broken), Result(Outcome.Held, Outcome.Held, Outcome.Held));
        using var json = JsonDocument.Parse(GradescopeResults.Write(grade, Sheet, "sandbox: none"));
        var root = json.RootElement;
        Assert.Equal(4, root.GetProperty("score").GetDouble());
        Assert.Equal("visible", root.GetProperty("visibility").GetString());
        Assert.Contains("sandbox: none", root.GetProperty("output").GetString());
        var tests = root.GetProperty("tests").EnumerateArray().ToArray();
        Assert.Equal(["Handshake", "Chain"], tests.Select(test => test.GetProperty("name").GetString()));
        Assert.Equal([1, 3], tests.Select(test => test.GetProperty("score").GetDouble()));
        Assert.Equal([2, 3], tests.Select(test => test.GetProperty("max_score").GetDouble()));
        Assert.Equal(["failed", "passed"], tests.Select(test => test.GetProperty("status").GetString()));
        Assert.All(tests, test => Assert.Equal("visible", test.GetProperty("visibility").GetString()));
        Assert.Contains("run 1 did not hold: because of 1", tests[0].GetProperty("output").GetString());
    }

    [Fact]
    public void HiddenSeeds_AreNowhereInWhatStudentsAndClassSee()
    {
        var runs = new[] { 4711UL, 4712UL }.Select((seed, i) => new RunResult(
            $"hidden {i} (seed {seed})", Outcome.Broken, $"seed {seed}: it failed", "it failed"));
        var grade = Grade(Result(Outcome.Held, Outcome.Held), new CheckResult([.. runs], null, "", 1));
        var seen = new[]
        {
            GradescopeResults.Write(grade, Sheet, ""), ClassFiles.JUnit([grade]), ClassFiles.Csv([grade], Sheet),
            GradeText.Output(Hidden, grade.Results[1].Result),
        };
        Assert.All(seen, text => Assert.DoesNotContain("471", text));
        Assert.Contains("2 hidden did not hold: it failed", seen[3]);
        Assert.Contains("0 of 2 hidden seeds held", seen[3]);
    }

    [Fact]
    public void Table_OfTheClass_HasAColumnForEachCheck() => Assert.Equal(
        "student,score,max_score,missed,Handshake,Chain\nanna,4,5,,1,3\n",
        ClassFiles.Csv(
            [Grade(Result(Outcome.Held, Outcome.Broken), Result(Outcome.Held, Outcome.Held, Outcome.Held))], Sheet));

    private static Submission Anna { get; } = new("anna", "/anna", "", null);

    private static Grade Grade(CheckResult first, CheckResult second) => new(Anna, [(Rules, first), (Hidden, second)]);

    private static CheckResult Result(params Outcome[] outcomes) => new(
        [.. outcomes.Select((outcome, i) => new RunResult($"run {i}", outcome, $"because of {i}", $"because of {i}"))],
        null, "", 1);
}
