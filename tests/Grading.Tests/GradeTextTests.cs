using Blockchain.Grading.Reports;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;

namespace Blockchain.Grading.Tests;

public class GradeTextTests
{
    private static readonly ScenarioCheck Check = new("Gossip", 1, false, "gossip.json", ["6000"], 30, false);

    [Fact]
    public void Reasons_OfManySeedsThatFailAlike_AreOneWithRangesOfSeeds()
    {
        ulong[] seeds = [1, 3, 4, 7, 8, 9, 10];
        var result = Result(seeds.Select(seed => new RunResult(
            $"seed {seed}", Outcome.Broken, $"6000 lacks block 366f266{seed}", "")));
        var (runs, outcome, reason) = Assert.Single(GradeText.Reasons(Check, result));
        Assert.Equal(
            ("seed 1, 3, 4, 7 to 10", Outcome.Broken, "6000 lacks block 366f2661"), (runs, outcome, reason));
    }

    [Fact]
    public void Reasons_OfMoreKindsThanAreShown_SayHowManyAreLeftOut()
    {
        var result = Result(Enumerable.Range(0, 20).Select(i => new RunResult(
            $"seed {i}", Outcome.Broken, $"reason {(char)('A' + i)}", "")));
        var reasons = GradeText.Reasons(Check, result);
        Assert.Equal(13, reasons.Count);
        Assert.Equal("8 more", reasons[^1].Runs);
    }

    private static CheckResult Result(IEnumerable<RunResult> runs) => new([.. runs], null, "", 0);
}
