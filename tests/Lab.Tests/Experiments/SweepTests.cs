using Blockchain.Experiments;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;

namespace Blockchain.Lab.Tests.Experiments;

public sealed class SweepTests
{
    public static TheoryData<string> Names => [.. Catalogue.All.Select(experiment => experiment.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_EachExperiment_EndsWithARowForEveryValueAndSeed(string name)
    {
        var study = Tiny.Study(name);
        var result = Tiny.Run(study);
        Assert.True(result.IsComplete);
        Assert.Equal(
            [(0, 1UL), (0, 2UL), (1, 1UL), (1, 2UL)], result.Rows.Select(row => (row.Case, row.Seed)));
        Assert.All(result.Rows, row => Assert.NotEmpty(row.Run.Result.Blocks));
        Assert.NotEqual(result.Rows[0].Run.Result.Events, result.Rows[2].Run.Result.Events);
    }

    [Theory]
    [InlineData("fanout", 5)]
    [InlineData("loss", 0.25)]
    [InlineData("latency", 3)]
    [InlineData("size", 30)]
    [InlineData("block-size", 250)]
    [InlineData("nat", 0.5)]
    [InlineData("light", 0.5)]
    [InlineData("malicious", 0.25)]
    [InlineData("capacity", 12)]
    [InlineData("churn", 0.5)]
    public void Apply_Value_IsWhatTheConfigurationSays(string name, double value)
    {
        var config = Catalogue.Find(name)!.Parameter.Apply(BaseNetworks.Gossip(), value);
        var network = Assert.IsType<GeneratedNetwork>(config.Network);
        Assert.Equal(value, name switch
        {
            "fanout" => network.Settings.Fanout,
            "loss" => network.Loss,
            "latency" => network.LatencyFactor,
            "size" => network.Peers,
            "block-size" => config.Workload.BlockBytes / 1_000.0 ?? 0,
            "nat" => network.NatShare,
            "light" => network.LightShare,
            "malicious" => network.MaliciousShare,
            "capacity" => network.Settings.Capacity.Max,
            _ => Assert.IsType<Churn>(Assert.Single(config.Faults)).Peers.Share,
        });
    }

    [Theory]
    [InlineData("fanout", 5)]
    [InlineData("loss", 0.25)]
    [InlineData("latency", 3)]
    [InlineData("capacity", 12)]
    public void Apply_PlannedNetwork_IsInTheSettingsOfEveryPeer(string name, double value)
    {
        var plan = Networks.OfEveryKind();
        var config = Catalogue.Find(name)!.Parameter.Apply(BaseNetworks.Planned(plan), value);
        var changed = Assert.IsType<PlannedNetwork>(config.Network).Plan;
        Assert.All(changed.Peers, peer => Assert.Equal(value, name switch
        {
            "fanout" => peer.Settings.Fanout,
            "loss" => peer.Settings.DropProbability,
            "latency" => peer.Settings.Latency.Max / PeerSettings.Default.Latency.Max,
            _ => peer.Settings.Capacity.Min,
        }));
    }

    [Fact]
    public void Run_AnyParallelism_LeavesTheSameFiles()
    {
        var study = Tiny.Study("loss");
        var (alone, together) = (Tiny.Run(study, parallelism: 1), Tiny.Run(study, parallelism: 4));
        Assert.Equal(alone.DataCsv(), together.DataCsv());
        Assert.Equal(new Summary(alone).Csv(), new Summary(together).Csv());
    }

    [Fact]
    public void Run_Cancelled_ReturnsWhatIsFinished()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var result = new SweepRunner(Tiny.Study("loss").Sweep).Run(1, cancelled.Token);
        Assert.Empty(result.Rows);
        Assert.False(result.IsComplete);
    }

    /// <summary>What every course on gossip begins with; ends of the range, where a few blocks show it.</summary>
    [Theory]
    [InlineData("fanout", "redundancy", true)]
    [InlineData("fanout", "announcements", true)]
    [InlineData("fanout", "in_time", true)]
    [InlineData("loss", "half_s", true)]
    [InlineData("loss", "in_time", false)]
    [InlineData("latency", "half_s", true)]
    [InlineData("latency", "most_s", true)]
    [InlineData("size", "half_s", true)]
    [InlineData("block-size", "half_s", true)]
    [InlineData("block-size", "kilobytes_per_block", true)]
    [InlineData("nat", "most_s", true)]
    [InlineData("light", "in_time", false)]
    [InlineData("malicious", "false_per_honest", true)]
    [InlineData("capacity", "in_time", true)]
    [InlineData("churn", "announcements", false)]
    public void Run_EndsOfTheRange_DifferInTheDirectionOfTheory(string name, string key, bool rises)
    {
        var options = Tiny.Options with
        {
            Peers = name == "size" ? null : 60,
            Blocks = 12,
            Values = name == "size" ? [25, 150] : Tiny.Study(name).Sweep.Cases.Select(one => one.Value).ToArray(),
        };
        var summary = new Summary(Tiny.Run(Tiny.Study(name, options)));
        var measure = Measures.All.First(measure => measure.Key == key);
        var (first, last) = (summary.Of(0, measure).Mean, summary.Of(1, measure).Mean);

        // A time that no run has is longer than any.
        Assert.True(rises ? !(last <= first) : last < first, $"{key} goes from {first} to {last}");
    }

    /// <summary>
    /// With a fan-out of one most rumours die out: the mean over the runs that got there would be about a few lucky ones.
    /// </summary>
    [Fact]
    public void Summary_OfATimeThatSomeRunsNeverCameTo_IsTheMedianOfAll()
    {
        var options = Tiny.Options with { Seeds = 8, Values = [1, 8] };
        var result = Tiny.Run(Tiny.Study("fanout", options));
        var came = result.Rows.Where(row => row.Case == 0 && row[Measures.Most] is not null).ToArray();
        Assert.InRange(came.Length, 0, 3);

        var summary = new Summary(result);
        Assert.True(summary.IsMedian(Measures.Most));
        Assert.Equal((double.PositiveInfinity, 8 - came.Length), (summary.Of(0, Measures.Most).Mean, summary.Of(
            0, Measures.Most).Never));
        Assert.True(double.IsFinite(summary.Of(1, Measures.Most).Mean));
        Assert.True(summary.Difference(0, 1, Measures.Most).ExcludesZero);
        Assert.Contains(
            "of 8", SweepReport.Cell(Measures.Most, summary.Of(0, Measures.Most)), StringComparison.Ordinal);
        Assert.Contains("1,most_s,8,", summary.Csv(), StringComparison.Ordinal);
    }

    [Fact]
    public void DataCsv_Rows_HaveACellForEachColumn()
    {
        var lines = Tiny.Run(Tiny.Study("fanout")).DataCsv().TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("fanout,seed,peers,blocks,", lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(sign => sign == ','), line.Count(sign => sign == ',')));
        Assert.StartsWith("1,1,24,4,", lines[1], StringComparison.Ordinal);
    }
}
