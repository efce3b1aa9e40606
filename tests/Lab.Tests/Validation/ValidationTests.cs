using Blockchain.Experiments;
using Blockchain.Experiments.Validation;
using Blockchain.Simulation;

namespace Blockchain.Lab.Tests.Validation;

public sealed class ValidationTests
{
    /// <summary>Mean and band of ours, the published range, whether a reason is known, and the verdict.</summary>
    [Theory]
    [InlineData(1.0, 0.9, 1.1, 0.85, 1.15, false, "agrees")]
    [InlineData(1.3, 1.1, 1.5, 0.85, 1.15, false, "open")]
    [InlineData(1.3, 1.1, 1.5, 0.85, 1.15, true, "open")]
    [InlineData(1.3, 1.2, 1.4, 0.85, 1.15, false, "fails")]
    [InlineData(1.3, 1.2, 1.4, 0.85, 1.15, true, "differs")]
    [InlineData(1.3, 0.9, 1.7, 1.0, 1.0, false, "agrees")]
    [InlineData(1.3, 1.2, 1.4, 1.0, 1.0, false, "fails")]
    [InlineData(1.0, double.NaN, double.NaN, 0.85, 1.15, false, "agrees")]
    [InlineData(1.3, double.NaN, double.NaN, 0.85, 1.15, false, "fails")]
    [InlineData(double.NaN, double.NaN, double.NaN, 0.85, 1.15, false, "fails")]
    public void Verdict_OfAClaim_SaysWhatTheBandSays(
        double mean, double low, double high, double least, double most, bool isKnown, string verdict)
    {
        var claim = new Claim("q", "n", "s", new Target("t", least, most, 1), _ => mean)
        {
            WhyItDiffers = isKnown ? "because" : null,
        };
        Assert.Equal(
            verdict, ValidationReport.Word(new Judged(claim, new Interval(4, mean, low, high)).Verdict));
    }

    /// <summary>Every network of a claim can be run, in both forms.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plan_EveryClaim_HasANetworkThatCanBeRun(bool isShort)
    {
        var plan = ValidationPlan.Of(isShort);
        Assert.Empty(plan.Sweep.Problems());
        Assert.Equal(
            plan.Sweep.Cases.Select(one => one.Label).Order(),
            plan.Claims.Select(one => one.Network).Distinct().Order());
    }

    /// <summary>The seeds are fixed, and so is what comes out.</summary>
    [Fact]
    public void Short_EveryClaim_AgreesOrIsKnownToDiffer()
    {
        var plan = ValidationPlan.Of(isShort: true);
        var result = new SweepRunner(plan.Sweep).Run(
            Environment.ProcessorCount, TestContext.Current.CancellationToken);
        Assert.True(result.IsComplete);
        Assert.All(plan.Judge(result), row => Assert.True(
            row.Verdict != Verdict.Fails,
            $"{row.Claim.Quantity} in {row.Claim.Network}: {ValidationReport.Ours(row)}"));
    }

    /// <summary>A tree of 25 with four children each has 24 links, and five hops from one end to the other.</summary>
    [Fact]
    public void Tree_OfMaelstrom_GivesEachBlockOverEachLinkOnce()
    {
        var result = new SimulationRun(ValidationNetworks.Tree(20)).Run(
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(
            24 * 20, result.Messages.Single(type => type.Type == Shared.Wire.MessageType.Block).Received);
        Assert.Equal(0.5, result.Blocks.Max(block => block.All)!.Value, 1e-3);
    }

    /// <summary>The monitor hears every peer, and is no part of the results.</summary>
    [Fact]
    public void Monitor_OfAPreset_HearsAllPeersAndIsNotCounted()
    {
        var config = MonitorFit.Config(
            new GeneratedNetwork { Shape = NetworkShape.Bitcoin2025, Peers = 100 }, seed: 1, blocks: 5);
        var result = new SimulationRun(config).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(result.Monitor!.Count, 450, 500);
        Assert.All(result.Blocks, block => Assert.Equal(100, block.MeantFor));
        Assert.DoesNotContain(result.Blocks, block => block.Maker.Value == "monitor");
    }

    [Theory]
    [InlineData("0.5,1.11\n0.9,3.57", 1.11, 3.57)]
    [InlineData("share,seconds\n0.1,0.5\n0.5,1.11\n0.9,3.57\n", 1.11, 3.57)]
    [InlineData("s\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n", 11, 19.53)]
    public void Measurements_OfOneOrTwoColumns_AreRead(string text, double half, double most)
    {
        var problems = new List<string>();
        var times = Measurements.Read("m.csv", text.Split('\n'), problems);
        Assert.Empty(problems);
        Assert.Equal(half, times!.Value.Half, 1e-9);
        Assert.Equal(most, times.Value.Most, 0.1);
    }

    [Theory]
    [InlineData("0.5,1\n0.8,3", "m.csv: lines with the shares 0.5 and 0.9 are needed.")]
    [InlineData("1\n2\n3", "m.csv: 3 measurements say too little; 20 or more are needed.")]
    [InlineData("1\n-2", "m.csv, line 2: \"-2\" is neither a number of seconds nor a share and a number of seconds.")]
    [InlineData("1\n1,2", "m.csv, line 2: \"1,2\" is neither a number of seconds nor a share and a number of seconds.")]
    [InlineData(
        "0.5,3\n0.9,2",
        "m.csv: half of the announcements must take longer than 0 s, and nine tenths longer than half.")]
    public void Measurements_ThatSayNothing_AreRefusedWithTheLine(string text, string expected)
    {
        var problems = new List<string>();
        Assert.Null(Measurements.Read("m.csv", text.Split('\n'), problems));
        Assert.Equal([expected], problems);
    }

    /// <summary>What a monitor hears in a network is found again from these two figures alone.</summary>
    [Fact]
    public void Fit_ToWhatANetworkGave_FindsOneThatGivesItToo()
    {
        var network = new GeneratedNetwork { Shape = NetworkShape.SimBlock2019, Peers = 80 };
        var wanted = MonitorTimes.In(
            [MonitorFit.Config(
                network with
                {
                    LatencyFactor = 2,
                    BandwidthFactor = 0.5,
                    SlowShare = 0.2,
                    SlowDelay = TimeSpan.FromSeconds(2),
                },
                seed: 7,
                blocks: 20)])!.Value;
        var (_, heard) = MonitorFit.To(wanted, network);
        Assert.InRange(heard.Half / wanted.Half, 0.9, 1.1);
        Assert.InRange(heard.Most / wanted.Most, 0.9, 1.1);
    }
}
