using Blockchain.Experiments;
using Blockchain.Experiments.Runs;
using Blockchain.Lab.Commands;

namespace Blockchain.Lab.Tests.Experiments;

public sealed class FinishedComparisonTests : IDisposable
{
    private static readonly Provenance Now = new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), Parallel: 2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The same differences as between the runs themselves, of the seeds that both have.</summary>
    [Fact]
    public void Of_TwoSweeps_PairsTheSeedsThatBothHave()
    {
        var first = Sweep("first", Tiny.Options with { Seeds = 3, Values = [0, 0.2] });
        var second = Sweep("second", Tiny.Options with { Seeds = 2, Values = [0.2, 0.4], Blocks = 6 });
        var comparison = Compare(first.Path, second.Path);
        var line = comparison.DifferencesCsv().Split('\n').Single(
            line => line.StartsWith("0.2,redundancy,", StringComparison.Ordinal));
        var expected = Enumerable.Range(1, 2).Average(
            seed => Value(second.Result, 0, seed) - Value(first.Result, 1, seed));
        Assert.StartsWith("0.2,redundancy,2,", line, StringComparison.Ordinal);
        Assert.Equal(expected, Csv.ParseNumber(line.Split(',')[3])!.Value, 1e-12);
        Assert.DoesNotContain("\n0.4,", comparison.DifferencesCsv(), StringComparison.Ordinal);
        Assert.Empty(comparison.LeftOut);
        var target = Path.Combine(_folder.FullName, "out");
        comparison.Write(target, Now);
        Assert.Null(RunFolder.WhyNot(target));
        Assert.True(File.Exists(Path.Combine(target, "report.html")));
    }

    [Fact]
    public void Of_AFolderWithItself_HasNoDifference()
    {
        var sweep = Sweep("first", Tiny.Options with { Values = [0.2] });
        Assert.StartsWith(
            "loss 0.2: Exactly the same in both: ", Assert.Single(Compare(sweep.Path, sweep.Path).Sentences()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnOlderVersion_SaysWhichMeasureItLacks()
    {
        var (first, _) = Sweep("first", Tiny.Options with { Values = [0.2] });
        var (second, _) = Sweep("second", Tiny.Options with { Values = [0.2] });
        var data = Path.Combine(second, "data.csv");
        File.WriteAllText(data, File.ReadAllText(data).Replace(",redundancy,", ",copies,", StringComparison.Ordinal));
        Assert.Equal(["redundancy"], Compare(first, second).LeftOut);
    }

    [Fact]
    public async Task Of_TwoSingleRuns_ComparesEveryMeasureWithoutABand()
    {
        var (first, second) = (Path.Combine(_folder.FullName, "one"), Path.Combine(_folder.FullName, "two"));
        await Simulate(first, "50");
        await Simulate(second, "20");
        var comparison = Compare(first, second);
        Assert.Contains(
            comparison.Sentences(),
            sentence => sentence.StartsWith(
                "With one pair only, so that it can be chance: ", StringComparison.Ordinal));
        var half = comparison.DifferencesCsv().Split('\n').Single(
            line => line.StartsWith(",half_s,", StringComparison.Ordinal)).Split(',');
        Assert.Equal("1", half[2]);
        Assert.Equal(["", "", "", ""], half[4..]);
        Assert.Contains("single run", Refusal(first, Sweep("sweep", Tiny.Options).Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FoldersThatDoNotFit_SaysWhy()
    {
        var (loss, _) = Sweep("loss", Tiny.Options with { Values = [0.2] });
        var (other, _) = Sweep("other", Tiny.Options with { Values = [0.4] });
        var fanout = Path.Combine(_folder.FullName, "fanout");
        var study = Tiny.Study("fanout");
        new ResultFolder(fanout).Write(study, Tiny.Run(study), Now);
        Assert.Contains("has no manifest.json of a run", Refusal(loss, _folder.FullName), StringComparison.Ordinal);
        Assert.Contains("that changes loss", Refusal(loss, fanout), StringComparison.Ordinal);
        Assert.Contains("no value of loss in common", Refusal(loss, other), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(loss, "data.csv"), "loss,seed,half_s\n0.4,\"1");
        Assert.Contains("middle of a line", Refusal(loss, other), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(loss, "data.csv"), "loss,seed,half_s\n0.4,77,1\n");
        Assert.Contains("no seed in common", Refusal(loss, other), StringComparison.Ordinal);
    }

    private (string Path, SweepResult Result) Sweep(string name, ExperimentOptions options)
    {
        var study = Tiny.Study("loss", options with { Values = options.Values ?? [0.2] });
        var (path, result) = (Path.Combine(_folder.FullName, name), Tiny.Run(study));
        new ResultFolder(path).Write(study, result, Now);
        return (path, result);
    }

    private static double Value(SweepResult result, int index, int seed) => result.Rows.Single(
        row => row.Case == index && row.Seed == (ulong)seed)[Measures.Redundancy]!.Value;

    private static async Task Simulate(string folder, string peers)
    {
        var parsed = CommandLine.Build().Parse(
            ["simulate", "--preset", "regular", "--peers", peers, "--blocks", "3", "--out", folder]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(0, await parsed.InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    private static FinishedComparison Compare(string first, string second)
    {
        List<string> problems = [];
        var comparison = FinishedComparison.Of(first, second, problems);
        Assert.Empty(problems);
        return comparison!;
    }

    private static string Refusal(string first, string second)
    {
        List<string> problems = [];
        Assert.Null(FinishedComparison.Of(first, second, problems));
        return Assert.Single(problems);
    }
}
