using Blockchain.Experiments;
using Blockchain.Simulation;

namespace Blockchain.Lab.Tests.Experiments;

/// <summary>Attacks on the chain, measured in simulated networks and held against what was published.</summary>
public class AttackExperimentTests
{
    /// <summary>Values of the papers.</summary>
    [Theory]
    [InlineData(0.3, 0, 0.2731)]
    [InlineData(0.3, 0.5, 0.3269)]
    [InlineData(0.3, 1, 0.3806)]
    [InlineData(0.4, 0, 0.4837)]
    [InlineData(0.4, 0.5, 0.5256)]
    [InlineData(0.4, 1, 0.5674)]
    public void SelfishRevenue_IsThatOfThePaper(double share, double gamma, double revenue) =>
        Assert.Equal(revenue, ClosedForms.SelfishRevenue(share, gamma), 0.00005);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void SelfishThreshold_IsWhereTheRevenueIsTheShare(double gamma)
    {
        var threshold = ClosedForms.SelfishThreshold(gamma);
        Assert.Equal(threshold, ClosedForms.SelfishRevenue(threshold, gamma), 1e-9);
    }

    /// <summary>Of Nakamoto's section 11 and Rosenfeld's table 1.</summary>
    [Theory]
    [InlineData(0.1, 5, 0.0009137, 0.00178)]
    [InlineData(0.3, 5, 0.1773523, 0.1976)]
    [InlineData(0.1, 1, 0.2045873, 0.2)]
    [InlineData(0.3, 10, 0.0416605, 0.06511)]
    public void DoubleSpend_IsThatOfThePapers(double share, int confirmations, double nakamoto, double rosenfeld)
    {
        Assert.Equal(nakamoto, ClosedForms.DoubleSpendOfNakamoto(share, confirmations), 1e-6);
        Assert.Equal(rosenfeld, ClosedForms.DoubleSpend(share, confirmations), 0.00005);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void DoubleSpends_OfThreeTenthsOfThePower_SucceedAsOftenAsRosenfeldSays(int confirmations)
    {
        var study = Tiny.Study("double-spend", new ExperimentOptions
        {
            Seeds = 4, Blocks = 2_000, Values = [confirmations],
        });
        var attacks = Tiny.Run(study).Rows.Select(row => row.Run.Result.Attack!).ToArray();
        var (all, won) = (attacks.Sum(attack => attack.DoubleSpends), attacks.Sum(attack => attack.DoubleSpent));
        var expected = ClosedForms.DoubleSpend(0.3, confirmations);

        Assert.True(all > 200, $"{all}");
        Assert.Equal(expected, (double)won / all, 3 * Math.Sqrt(expected * (1 - expected) / all));
    }

    /// <summary>Of addresses that nobody tells, so that the attackers' stand in no more places than others.</summary>
    [Theory]
    [InlineData(2, 0.8)]
    [InlineData(4, 0.8)]
    [InlineData(4, 0.5)]
    public void Eclipses_OfAShareOfTheAddresses_SucceedAsIfEachNeighbourWereDrawnByItself(int drawn, double share)
    {
        const int Honest = 40;
        const int Seeds = 3;
        var eclipsed = Enumerable.Range(1, Seeds).Average(seed =>
        {
            var run = new SimulationRun(EclipseNetwork.Untold(Honest, drawn, share) with { Seed = (ulong)seed });
            run.Run(null, TestContext.Current.CancellationToken);
            Assert.All(run.Honest, peer => Assert.Equal(drawn, peer.Core.Outbound.Count));
            return Eclipsed.In(run)!.Value;
        });
        var expected = ClosedForms.Eclipse(share, drawn);
        Assert.Equal(expected, eclipsed, 3 * Math.Sqrt(expected * (1 - expected) / (Honest * Seeds)));
    }

    [Fact]
    public void Threshold_WithoutHelpOfTheOthers_IsAThird()
    {
        var study = Tiny.Study("selfish", new ExperimentOptions { Seeds = 4, Blocks = 1_000 });
        var found = ThresholdSearch.Run(study, Measures.Gain, 2, TestContext.Current.CancellationToken);

        Assert.Equal(4, found.Count);
        Assert.InRange(ClosedForms.SelfishThreshold(0), found.Low, found.High);
        Assert.InRange(found.High - found.Low, 0, 0.15);
        Assert.Contains("by bisection", SweepReport.ThresholdText(
            study.Experiment, new SweepResult(study.Sweep, []) { Threshold = found }), StringComparison.Ordinal);
    }

    [Fact]
    public void Share_OfANetwork_IsSharedByItsAttackers()
    {
        var config = AttackNetwork.WithShare(AttackNetwork.SeenFirst(), 0.3);
        var peers = ((PlannedNetwork)config.Network).Plan.Peers;
        Assert.Equal(0.3, peers.Single(peer => !peer.IsHonest).Settings.Share);
        Assert.Equal(1, peers.Sum(peer => peer.Settings.Share), 9);
    }
}
