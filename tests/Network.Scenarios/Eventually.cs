using System.Diagnostics;

namespace Blockchain.Network.Scenarios;

/// <summary>Waiting for a condition, in place of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long it took until the condition held; null if it did not within the time.</summary>
    public static async Task<TimeSpan?> TryAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (await condition())
                return watch.Elapsed;
        }
        while (watch.Elapsed < within && await timer.WaitForNextTickAsync());

        return null;
    }

    /// <summary>Fails the test with <paramref name="describe"/> if the condition does not hold within the time.</summary>
    public static async Task<TimeSpan> HoldsAsync(
        string what, Func<Task<bool>> condition, TimeSpan within, Func<Task<string>> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        var time = await TryAsync(condition, within);
        if (time is null)
            Assert.Fail($"Not within {within.TotalSeconds:0.#} s: {what}\n{await describe()}");
        return time.Value;
    }
}
