using Blockchain.Network.Scenarios;
using Xunit.Sdk;

namespace Blockchain.Network.Tests.Waiting;

public sealed class EventuallyTests
{
    private static Patience Short => new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    [Fact]
    public async Task HoldsAsync_SomethingChangesAtEveryLook_WaitsForTheCondition()
    {
        var looks = 0;
        var time = await Eventually.HoldsAsync(
            "ten looks", () => Task.FromResult(looks == 10), LookAsync, patience: Short);
        Assert.True(time > TimeSpan.FromSeconds(1.5), $"after {time}");

        Task<string> LookAsync() => Task.FromResult($"{++looks}");
    }

    [Fact]
    public async Task HoldsAsync_NothingChanges_FailsAndTellsWhatWasSeen()
    {
        var failure = await Assert.ThrowsAsync<FailException>(() => Eventually.HoldsAsync(
            "the moon is up", () => Task.FromResult(false), () => Task.FromResult("clouds"), patience: Short));
        Assert.Contains("the moon is up", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nothing has changed", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("clouds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HoldsAsync_WithinATime_FailsAfterIt()
    {
        var failure = await Assert.ThrowsAsync<FailException>(() => Eventually.HoldsAsync(
            "the moon is up", () => Task.FromResult(false), TimeSpan.FromSeconds(1), () => Task.FromResult("clouds")));
        Assert.Contains("nothing has changed for 1 s", failure.Message, StringComparison.Ordinal);
    }
}
