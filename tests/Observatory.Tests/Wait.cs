using System.Diagnostics;

namespace Blockchain.Observatory.Tests;

internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition, Func<string> describe)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Deadline, describe());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
