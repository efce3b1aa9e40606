using Blockchain.Experiments.Fidelity;
using Blockchain.Lab.Fidelity;
using Spectre.Console.Testing;

namespace Blockchain.Lab.Tests.Fidelity;

public sealed class FidelityTableTests
{
    [Theory]
    [InlineData(100, true)]
    [InlineData(119, true)]
    [InlineData(121, false)]
    [InlineData(79, false)]
    public void Print_DropsOfBothSides_AgreeWithinAFifth(long simulated, bool agrees)
    {
        var console = new TestConsole();
        Assert.Equal(agrees, FidelityTable.Print(console, Figures(100), [Figures(simulated)]));
        Assert.Equal(!agrees, console.Output.Contains("differs", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_FewDropsOfAReason_AreShownAndNotJudged()
    {
        var console = new TestConsole();
        Assert.True(FidelityTable.Print(console, Figures(1000, few: 2), [Figures(1000, few: 9)]));
        Assert.Contains("+350 %", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    public void Print_ManyDropsOfAReasonOnOneSideOnly_Differ(long real, long simulated)
    {
        var console = new TestConsole();
        Assert.False(FidelityTable.Print(console, Figures(10_000, real), [Figures(10_000, simulated)]));
        Assert.Contains("differs", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Print_NothingMeasured_AgreesWithNothingOnly(double simulated, bool agrees)
    {
        var silent = Figures(0);
        var spread = silent with { Blocks = silent.Blocks with { Half = simulated } };
        Assert.Equal(
            agrees,
            FidelityTable.Print(
                new TestConsole(), silent with { Blocks = silent.Blocks with { Half = 0 } }, [spread]));
    }

    [Fact]
    public void Print_SeveralSeeds_AreJudgedByTheirMean() =>
        Assert.True(FidelityTable.Print(new TestConsole(), Figures(100), [Figures(50), Figures(150)]));

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, 2, false)]
    [InlineData(2, double.PositiveInfinity, false)]
    public void Print_MostBlocksOfASideNeverGotSoFar_SaysNever(double real, double simulated, bool agrees)
    {
        var console = new TestConsole();
        Assert.Equal(agrees, FidelityTable.Print(console, Figures(1000, most: real), [Figures(1000, most: simulated)]));
        Assert.Contains("never", console.Output, StringComparison.Ordinal);
    }

    private static NetworkFigures Figures(long loss, long few = 0, double most = 2) => new(
        new BlockTimes(10, Half: 1, Most: most, DelayP50: 1, DelayP90: 2),
        new PeerCounts(
            new Dictionary<string, long> { ["INV"] = 30 },
            new Dictionary<string, long> { ["INV"] = 20 },
            new Dictionary<string, long> { ["Loss"] = loss, ["Expired"] = few }));
}
