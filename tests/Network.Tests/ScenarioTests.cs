using Blockchain.Launching;
using Blockchain.Launching.Nodes;
using Blockchain.Network.Scenarios;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Running;

namespace Blockchain.Network.Tests;

/// <summary>
/// Shipped scenarios as processes with networks of their own. Short ones always run, which show what virtual time
/// cannot: that a process starts late, and keeps its peers apart. <see cref="SharedNetworkTests"/> has those of the
/// shipped file.
/// </summary>
public sealed class ScenarioTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "scenarios");

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [InlineData("late-joiner")]
    [InlineData("partition-and-heal")]
    public Task Scenario_OnProcesses_Holds(string name) => RunAsync(name);

    /// <summary>Started by hand, since it takes 13 minutes: <c>-explicit only -class '*ScenarioTests'</c>.</summary>
    [Theory(Explicit = true), MemberData(nameof(Shipped), DisableDiscoveryEnumeration = true)]
    public Task EveryShippedScenario_OnProcesses_Holds(string name) => RunAsync(name);

    private static async Task RunAsync(string name)
    {
        Assert.SkipWhen(
            TestPlan.Addresses == AddressMode.Single,
            "This machine has no loopback address but 127.0.0.1, and the scenario's addresses are others.");
        var read = ScenarioFile.Load(Path.Combine(Folder, $"{name}.json"), File.ReadAllBytes);
        Assert.Empty(read.Problems);
        var scenario = read.Scenario!;
        await using var network = new TestNetwork(LocalTrials.PlanOf(scenario, TestPlan.Addresses));
        await using var host = LocalTrials.HostOf(network.Local, scenario.Seed, controlKey: null);

        var result = await new TrialRunner(scenario, host).RunAsync(stop: TestContext.Current.CancellationToken);

        result.AssertHeld();
    }
}
