using Blockchain.Shared;

namespace Blockchain.Simulation.Tests.Engine;

public class PortableMathTests
{
    [Fact]
    public void LogAndExp_AllMagnitudes_AreThoseOfThePlatformToTwelveDigits()
    {
        var random = new SeededRandom(1);
        for (var i = 0; i < 10_000; i++)
        {
            var x = 200 * (random.NextDouble() - 0.5);
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-11);
            Assert.Equal(x, PortableMath.Log(Math.Exp(x)), 1e-11 * Math.Max(1, Math.Abs(x)));
        }
    }

    [Fact]
    public void ExponentialAndNormal_ManyDrawn_HaveTheirMeansAndDeviations()
    {
        const int Count = 100_000;
        var random = new SeededRandom(2);
        double sum = 0, squares = 0, gaps = 0;
        for (var i = 0; i < Count; i++)
        {
            var normal = PortableMath.Normal(random);
            sum += normal;
            squares += normal * normal;
            gaps += PortableMath.Exponential(random.NextDouble());
        }

        // Four standard errors.
        Assert.Equal(0, sum / Count, 0.013);
        Assert.Equal(1, squares / Count, 0.018);
        Assert.Equal(1, gaps / Count, 0.013);
    }
}
