using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>What a run takes is said before it begins.</summary>
public class MemoryEstimateTests
{
    /// <summary>Peaks of the process, measured with two blocks each.</summary>
    [Theory]
    [InlineData(2_000, 8, 114)]
    [InlineData(2_000, 200, 396)]
    [InlineData(2_000, 1_000, 1_650)]
    [InlineData(10_000, 8, 264)]
    [InlineData(10_000, 100, 938)]
    [InlineData(1_000, 999, 791)]
    public void Estimate_OfWhatWasMeasured_IsRightByAThird(int peers, int degree, int megabytes) =>
        Assert.InRange(MemoryEstimate.Of(Regular(peers, degree)) / 1e6, megabytes / 1.33, megabytes * 1.33);

    [Fact]
    public void Estimate_OfACompleteGraphOfTenThousand_IsMoreThanMostMachinesHave() =>
        Assert.InRange(MemoryEstimate.Of(Regular(10_000, 9_999)), 50e9, 100e9);

    private static SimulationConfig Regular(int peers, int degree) => new()
    {
        Network = new GeneratedNetwork { Shape = NetworkShape.Regular, Peers = peers, Degree = degree },
        Stop = new StopCondition { Blocks = 2 },
    };
}
