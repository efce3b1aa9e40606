using System.Diagnostics;

namespace Blockchain.PeerNode.Tests;

internal static class Eventually
{
    /// <summary>
    /// Asks again, each time through the node's own event loop, until the answer is right or time is up.
    /// </summary>
    public static async Task BecomesAsync<T>(Func<Task<T>> ask, T expected)
    {
        var clock = Stopwatch.StartNew();
        var answer = await ask();
        while (!Equals(answer, expected))
        {
            Assert.True(clock.Elapsed < TestClient.Deadline, $"Still {answer} instead of {expected}.");
            await Task.Yield();
            answer = await ask();
        }
    }
}
