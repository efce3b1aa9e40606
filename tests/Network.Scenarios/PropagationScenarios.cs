using Blockchain.NodeApi;

namespace Blockchain.Network.Scenarios;

/// <summary>How fast blocks get about.</summary>
public abstract class PropagationScenarios(NetworkRun run)
{
    [Theory]
    [InlineData(0.5, 1.5)]
    [InlineData(0.9, 10)]
    public void HonestBlocks_DuringTheRun_ReachTheShareOfHonestPeersInTime(double share, double seconds)
    {
        var honest = run.Honest;
        var needed = (int)Math.Ceiling(share * honest.Count);
        var arrivals = honest.SelectMany(record => record.Arrivals).ToLookup(arrival => arrival.BlockId);
        var times = run.HonestBlocks.Select(block => TimeUntil(needed, arrivals[block.BlockId])).Order().ToArray();
        Assert.NotEmpty(times);

        var median = times[times.Length / 2];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{needed} of {honest.Count} honest peers had a block after {median:0.00} s (median of {times.Length} blocks; "
            + $"fastest {times[0]:0.00} s, slowest {times[^1]:0.00} s)");
        Assert.True(median <= seconds, $"median {median:0.00} s until {needed} of {honest.Count} honest peers have a block");
    }

    /// <summary>Seconds from the making until so many peers had it, the maker among them; infinite if they never did.</summary>
    private static double TimeUntil(int peers, IEnumerable<Arrival> arrivals)
    {
        var times = arrivals.Select(arrival => arrival.Accepted - arrival.Timestamp).Order().ToArray();
        return times.Length < peers ? double.PositiveInfinity : times[peers - 1];
    }
}
