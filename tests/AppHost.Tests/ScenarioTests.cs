using Blockchain.AppHost.Trials;
using Blockchain.Network.Scenarios;
using Blockchain.Trials.Reading;

namespace Blockchain.AppHost.Tests;

/// <summary>
/// A shipped scenario on Aspire, in which a peer joins late: the others run by hand, see docs/scenarios.md.
/// </summary>
[Collection(AspireRunGroup.Name)]
public sealed class ScenarioTests
{
    [Theory]
    [InlineData("late-joiner")]
    public async Task Scenario_OnAspire_Holds(string name)
    {
        Assert.SkipWhen(
            TestPlan.Addresses == Launching.AddressMode.Single,
            "This machine has no loopback address but 127.0.0.1, and the scenario's addresses are others.");
        var read = ScenarioFile.Load(
            Path.Combine(AppContext.BaseDirectory, "scenarios", $"{name}.json"), File.ReadAllBytes);
        Assert.Empty(read.Problems);
        await using var trial = new AspireTrial(read.Scenario!);

        var result = await trial.RunAsync(
            listener: null, recording: null, messages: false, TestContext.Current.CancellationToken);

        result.AssertHeld();
    }
}
