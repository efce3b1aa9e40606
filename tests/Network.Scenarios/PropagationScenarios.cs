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
        var times = run.MeasuredBlocks.Select(block => TimeUntil(needed, arrivals[block.BlockId])).Order().ToArray();
        Assert.True(times.Length >= run.FewestBlocks, $"only {times.Length} blocks to measure by");

        // Who never got one has failed already, busy or not.
        var median = times[times.Length / 2];
        Assert.True(double.IsFinite(median), $"most of {times.Length} blocks never came to {needed} honest peers");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{times.Length} blocks of {run.HonestBlocks.Count} were made since all peers heard each other; "
            + $"fastest {times[0]:0.00} s, slowest {times[^1]:0.00} s");
        TimePromise.Check(
            $"{needed} of {honest.Count} honest peers had the median block",
            TimeSpan.FromSeconds(median),
            TimeSpan.FromSeconds(seconds),
            run.Machine);
    }

    /// <summary>
    /// Seconds from the making until so many peers had it, the maker among them; infinite if they never did.
    /// </summary>
    private static double TimeUntil(int peers, IEnumerable<Arrival> arrivals)
    {
        var times = arrivals.Select(arrival => arrival.Accepted - arrival.Timestamp).Order().ToArray();
        return times.Length < peers ? double.PositiveInfinity : times[peers - 1];
    }
}
