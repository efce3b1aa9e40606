using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Blockchain.Experiments;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;

namespace Blockchain.Lab.Tests.Experiments;

public sealed partial class ReportTests
{
    private static readonly Provenance Now = new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), Parallel: 2);

    [Fact]
    public void Write_Study_LeavesEveryFileAndAReportThatNeedsNoOther()
    {
        var study = Tiny.Study("fanout");
        WithFolder(folder =>
        {
            new ResultFolder(folder).Write(study, Tiny.Run(study), Now);
            Assert.Null(RunFolder.WhyNot(folder));
            var drawn = study.Experiment.Drawn.Select(one => $"fanout-{one.Measure.Key}").Append("fanout-kinds");
            string[] expected =
            [
                "data.csv", "summary.csv", "manifest.json", "report.html",
                .. drawn.SelectMany(name => new[] { $"{name}.png", $"{name}.svg" }),
            ];
            Assert.Equal(expected.Order(), Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
            AssertNeedsNoOther(File.ReadAllText(Path.Combine(folder, "report.html")));
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
            var config = SimulationJson.Read(manifest.RootElement.GetProperty("base").GetRawText());
            Assert.Equal(SimulationJson.Write(study.Base), SimulationJson.Write(config));
        });
    }

    [Fact]
    public void Report_InterruptedStudy_SaysSo()
    {
        var study = Tiny.Study("fanout");
        var all = Tiny.Run(study);
        var part = all with { Rows = [.. all.Rows.Where(row => row.Seed == 1)] };
        WithFolder(folder =>
        {
            new ResultFolder(folder).Write(study, part, Now);
            var html = File.ReadAllText(Path.Combine(folder, "report.html"));
            Assert.Contains("Interrupted: 2 of 4 runs were finished", html, StringComparison.Ordinal);
            Assert.Contains("one seed only", html, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(1, "One seed gives no confidence band")]
    [InlineData(2, "2 seeds give a very wide confidence band")]
    [InlineData(5, null)]
    public void Report_FewSeeds_SaysThatTheBandsSayLittle(int seeds, string? warning)
    {
        var study = Tiny.Study("fanout", Tiny.Options with { Seeds = seeds, Values = [1, 2] });
        WithFolder(folder =>
        {
            new ResultFolder(folder).Write(study, Tiny.Run(study), Now);
            var html = File.ReadAllText(Path.Combine(folder, "report.html"));
            Assert.Equal(warning is not null, html.Contains("class=\"warning\"", StringComparison.Ordinal));
            Assert.Contains(warning ?? "", html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void UnusedFolder_ResultsAreThere_HasANumber() => WithFolder(folder =>
    {
        var path = Path.Combine(folder, "experiment-fanout");
        Assert.Equal(path, RunFolder.Unused(path));
        Directory.CreateDirectory(path);
        Assert.Equal($"{path}-2", RunFolder.Unused(path));
        Directory.CreateDirectory($"{path}-2");
        Assert.Equal($"{path}-3", RunFolder.Unused(path));
    });

    [Fact]
    public void Compare_ConfigurationWithItself_HasExactlyNoDifference()
    {
        using var file = new TemporaryFile(SimulationJson.Write(Small(loss: 0.1)), "config.json");
        var (comparison, result) = Compare(file.Path, file.Path);
        var summary = new Summary(result);
        foreach (var measure in Comparison.Comparable(summary))
        {
            Assert.Equal(new Interval(3, 0, 0, 0), Comparison.Difference(summary, measure));
        }

        Assert.StartsWith("Exactly the same in both: ", Assert.Single(ComparisonReport.Sentences(comparison, summary)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SlowerWithFaster_SaysWhichIsWhichAndWritesItDown()
    {
        using var one = new TemporaryFile(SimulationJson.Write(Small(loss: 0)), "good.json");
        using var other = new TemporaryFile(SimulationJson.Write(Small(loss: 0.4)), "lossy.json");
        var (comparison, result) = Compare(one.Path, other.Path, seeds: 8);
        var summary = new Summary(result);
        Assert.True(Comparison.Difference(summary, Measures.Half).Mean > 0);
        Assert.Contains(
            ComparisonReport.Sentences(comparison, summary),
            sentence => sentence.StartsWith("Until half of the peers have a block: higher with lossy.json",
                StringComparison.Ordinal));
        WithFolder(folder =>
        {
            new ResultFolder(folder).Write(comparison, result, Now);
            Assert.Null(RunFolder.WhyNot(folder));
            AssertNeedsNoOther(File.ReadAllText(Path.Combine(folder, "report.html")));
            var line = File.ReadLines(Path.Combine(folder, "differences.csv")).First(
                line => line.StartsWith("half_s,", StringComparison.Ordinal));
            Assert.Equal(
                Comparison.Difference(summary, Measures.Half).Mean,
                double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture));
            Assert.True(File.Exists(Path.Combine(folder, "compare.png")));
        });
    }

    private static (Comparison Comparison, SweepResult Result) Compare(
        string first, string second, int seeds = 3)
    {
        var problems = new List<string>();
        var comparison = Comparison.Plan(first, second, new ExperimentOptions { Seeds = seeds }, problems);
        Assert.Empty(problems);
        return (comparison!, new SweepRunner(comparison!.Sweep).Run(2, TestContext.Current.CancellationToken));
    }

    private static SimulationConfig Small(double loss)
    {
        var config = Changes.Blocks(Changes.Peers(BaseNetworks.Gossip(), 24), 6);
        return Changes.Loss(config, loss);
    }

    /// <summary>No address but those that name the kind of a document, and no data but in the page.</summary>
    private static void AssertNeedsNoOther(string html)
    {
        var addresses = Address().Matches(html).Select(match => match.Value).Where(address =>
            !address.StartsWith("http://www.w3.org/", StringComparison.Ordinal));
        Assert.Empty(addresses);

        // The font is in the page, so that there is one at least.
        Assert.NotEmpty(Reference().Matches(html));
        Assert.All(
            Reference().Matches(html), match => Assert.Matches("^(#|data:)", match.Groups[1].Value));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
    }

    private static void WithFolder(Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            test(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("https?://[^\"' <]+")]
    private static partial Regex Address();

    [GeneratedRegex("(?:(?:src|href)=\"|url\\()([^\")]*)")]
    private static partial Regex Reference();
}
