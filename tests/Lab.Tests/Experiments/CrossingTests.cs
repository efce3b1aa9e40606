using System.Text.Json;
using Blockchain.Experiments;
using Blockchain.Simulation;

namespace Blockchain.Lab.Tests.Experiments;

public sealed class CrossingTests
{
    private static readonly Provenance Now = new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), Parallel: 2);

    private static readonly ExperimentOptions Crossed = Tiny.Options with
    {
        Values = [2, 6],
        With = "loss",
        WithValues = [0.3, 0],
    };

    [Fact]
    public void Plan_TwoFactors_IsEveryValueWithEveryValue()
    {
        var study = Tiny.Study("fanout", Crossed);
        Assert.Equal(
            [(2, 0), (2, 0.3), (6, 0), (6, 0.3)],
            study.Sweep.Cases.Select(one => one.Config.Network).Cast<GeneratedNetwork>()
                .Select(network => (network.Settings.Fanout, network.Loss)));
        Assert.Contains(" --values 2,6 --with loss --with-values 0.3,0 ", study.Command, StringComparison.Ordinal);
    }

    /// <summary>All that the other files have of one factor, they have of two.</summary>
    [Fact]
    public void Write_TwoFactors_LeavesBothColumnsAndAHeatMapForEachMeasure()
    {
        var study = Tiny.Study("fanout", Crossed);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var result = Tiny.Run(study);
            new ResultFolder(folder.FullName).Write(study, result, Now);
            var data = File.ReadAllLines(Path.Combine(folder.FullName, "data.csv"));
            Assert.StartsWith("fanout,loss,seed,", data[0], StringComparison.Ordinal);
            Assert.Equal(
                ["2,0,1", "2,0,2", "2,0.3,1", "2,0.3,2", "6,0,1", "6,0,2", "6,0.3,1", "6,0.3,2"],
                data[1..].Select(line => string.Join(',', line.Split(',')[..3])));
            Assert.StartsWith(
                "fanout,loss,measure,n,", File.ReadAllText(Path.Combine(folder.FullName, "summary.csv")),
                StringComparison.Ordinal);
            Assert.All(
                CrossReport.Measured(study, new Summary(result)),
                measure => Assert.True(
                    File.Exists(Path.Combine(folder.FullName, $"fanout-with-loss-{measure.Key}.png"))));
            var report = File.ReadAllText(Path.Combine(folder.FullName, "report.html"));
            Assert.Contains("From fanout 2 to 6 it", report, StringComparison.Ordinal);
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "manifest.json")));
            Assert.Equal("[0,0.3]", JsonSerializer.Serialize(manifest.RootElement.GetProperty("withValues")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The change of the change, seed by seed.</summary>
    [Fact]
    public void Lesson_LossUndoesTheFanout_SaysThatOneDependsOnTheOther()
    {
        var study = Tiny.Study("fanout", Crossed with { Seeds = 8, Values = [1, 8], WithValues = [0, 0.6] });
        var summary = new Summary(Tiny.Run(study));
        var sentence = Assert.Single(CrossLesson.Of(study, study.With!, summary, [Measures.Announcements]));
        Assert.Contains("From fanout 1 to 8 it rises (+", sentence, StringComparison.Ordinal);
        Assert.Contains("So the effect of one depends on the other: these two changes differ by −", sentence,
            StringComparison.Ordinal);
        var same = Tiny.Study("fanout", Crossed with { Values = [1, 8], WithValues = [0] });
        Assert.DoesNotContain(
            "depends", CrossLesson.Of(same, same.With!, new Summary(Tiny.Run(same)), [Measures.Announcements])[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fanout", "fanout", "--with: fanout and fanout change the same thing.")]
    [InlineData("relay", "relay-withhold", "change the same thing")]
    [InlineData("selfish", "selfish-grinding", "change the same thing")]
    [InlineData("fanout", "gravity", "--with: there is no experiment \"gravity\".")]
    [InlineData("fanout", "sybil", "--with: sybil says who knows whom, which fanout leaves to chance.")]
    [InlineData("selfish", "nat", "--with: nat changes how a random network is made, and that of selfish is planned.")]
    [InlineData("selfish", "double-spend", "each brings its own attackers")]
    [InlineData("selfish", "sybil", "each brings its own attackers")]
    [InlineData("sybil", "selfish", "each brings its own attackers")]
    public void Plan_TwoThatDoNotFit_IsRefused(string first, string second, string expected)
    {
        List<string> problems = [];
        Assert.Null(StudyPlanner.Plan(first, new ExperimentOptions { With = second }, problems));
        Assert.Contains(expected, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_WrongValuesOfTheSecond_NamesItsOption()
    {
        List<string> problems = [];
        Assert.Null(StudyPlanner.Plan("fanout", new ExperimentOptions { With = "loss", WithValues = [2] }, problems));
        Assert.Equal("--with-values: 2 is not from 0 to 1.", Assert.Single(problems));
        problems.Clear();
        Assert.Null(StudyPlanner.Plan("fanout", new ExperimentOptions { WithValues = [2] }, problems));
        Assert.StartsWith("--with-values: say with --with", Assert.Single(problems), StringComparison.Ordinal);
        problems.Clear();
        Assert.Null(StudyPlanner.Plan("fanout", new ExperimentOptions { With = "size", Peers = 9 }, problems));
        Assert.Equal("--peers: --with changes it; use --with-values.", Assert.Single(problems));
    }

    /// <summary>One factor that undoes the other would draw a map of one colour.</summary>
    [Fact]
    public void Alike_TwoCasesOfOneNetwork_AreNamed()
    {
        var config = BaseNetworks.Gossip();
        var sweep = new Sweep(
            "a", [new Case("1", 1, config) { With = ("x", 0) }, new Case("2", 2, config) { With = ("x", 0) }], 1)
        {
            WithColumn = "b",
        };
        Assert.StartsWith(
            "--with: a 1, b x and a 2, b x are the same network", Assert.Single(Crossing.Alike(sweep)),
            StringComparison.Ordinal);
    }
}
