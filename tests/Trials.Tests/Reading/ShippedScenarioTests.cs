using System.Text;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Tests.Reading;

public sealed class ShippedScenarioTests
{
    private const int Seeds = 5;

    public static TheoryData<string> Names => [.. Shipped.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ShippedScenario_IsReadAsTheSame(string name)
    {
        var scenario = Shipped.Read(name);
        var text = ScenarioFile.Write(scenario);
        var again = ScenarioFile.Parse(Encoding.UTF8.GetBytes(text), name, Shipped.Network).Scenario!;
        Assert.Equal(text, ScenarioFile.Write(again));
        Assert.Equal(
            scenario.Steps.Select(step => step.ToString()), again.Steps.Select(step => step.ToString()));
        Assert.Equal(scenario.Steps.Select(step => step.Act), again.Steps.Select(step => step.Act));
        Assert.Equal(
            (scenario.About, scenario.Seed, scenario.Hosts.Count), (again.About, again.Seed, again.Hosts.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void About_ShippedScenario_IsOneSentence(string name)
    {
        var about = Shipped.Read(name).About;
        Assert.EndsWith(".", about);
        Assert.Equal(1, about.Count(sign => sign == '.'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Simulation_ShippedScenario_HoldsWithEverySeed(string name)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var scenario = Shipped.Read(name, seed);
            await using var host = new SimulatedHost(scenario);
            var result = await new TrialRunner(scenario, host).RunAsync(
                stop: TestContext.Current.CancellationToken);
            Assert.True(
                result.Verdict == Verdict.Held,
                $"{TrialText.Summary(result)}\n{string.Join('\n', result.Steps.Select(TrialText.Line))}");
        }
    }
}
