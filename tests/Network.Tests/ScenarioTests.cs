using Blockchain.Launching;
using Blockchain.Launching.Nodes;
using Blockchain.Network.Scenarios;
using Blockchain.Trials;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;

namespace Blockchain.Network.Tests;

/// <summary>
/// Shipped scenarios as processes. Here run the shipped network, left alone, and short ones that show what virtual time
/// cannot: that a process starts late, and keeps its peers apart. All others run on local by hand:
/// <c>Lab run scenarios/*.json --on local</c>.
/// </summary>
public sealed class ScenarioTests
{
    [Theory]
    [InlineData("healthy")]
    [InlineData("late-joiner")]
    [InlineData("partition-and-heal")]
    public async Task Scenario_OnProcesses_Holds(string name)
    {
        Assert.SkipWhen(
            TestPlan.Addresses == AddressMode.Single,
            "This machine has no loopback address but 127.0.0.1, and the scenario's addresses are others.");
        var read = ScenarioFile.Load(
            Path.Combine(AppContext.BaseDirectory, "scenarios", $"{name}.json"), File.ReadAllBytes);
        Assert.Empty(read.Problems);
        var scenario = read.Scenario!;
        await using var network = new TestNetwork(LocalTrials.PlanOf(scenario, TestPlan.Addresses));
        await using var host = LocalTrials.HostOf(network.Local, scenario.Seed, controlKey: null);

        var result = await new TrialRunner(scenario, host).RunAsync(stop: TestContext.Current.CancellationToken);

        // A machine that is busy with something else says nothing about the network.
        Assert.True(
            result.Verdict != Verdict.DidNotHold,
            $"{TrialText.Summary(result)}\n{string.Join('\n', result.Steps.Select(TrialText.Line))}\n"
            + string.Join('\n', result.Failure is { } failure ? TrialText.Lines(failure) : []));
        Assert.SkipUnless(result.Verdict == Verdict.Held, TrialText.Summary(result));
    }
}
