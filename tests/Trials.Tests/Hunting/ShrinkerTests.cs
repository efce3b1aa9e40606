using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Tests.Hunting;

/// <summary>With a runner of which it is known when it fails.</summary>
public sealed class ShrinkerTests
{
    [Fact]
    public void Shrink_WhenTwoPeersAndAPauseMatter_LeavesJustThese()
    {
        var shrunk = Shrink(Busy(), scenario =>
            Has(scenario, "5005") && Has(scenario, "5007") && scenario.Acts.OfType<Pause>().Any());

        Assert.Equal(["5005", "5007", "5009"], Ids(shrunk));
        var scenario = shrunk.Smallest.Scenario;
        Assert.Equal(2, scenario.Steps.Count);
        var pause = Assert.IsType<Pause>(scenario.Steps[0].Act);
        Assert.Equal(TimeSpan.FromSeconds(1), pause.For);
        Assert.Single(pause.Peers.Ids);
        Assert.IsType<SameChain>(scenario.Steps[1].Expect);
        Assert.Equal(Promise.Patience, scenario.Steps[1].Within);
        Assert.True(shrunk.IsDone);
    }

    [Fact]
    public void Shrink_OfAFaultThatEndsByItself_LeavesItOverBeforeTheExpectation()
    {
        var shrunk = Shrink(Busy(), scenario => scenario.Acts.OfType<Pause>().Any());

        var steps = shrunk.Smallest.Scenario.Steps;
        Assert.Equal(2, steps.Count);
        Assert.True(steps[1].After >= steps[0].Act!.For + Promise.Rest);
        Assert.True(steps[1].After <= steps[0].Act!.For + Promise.Rest + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Shrink_OfAPartitionThatMustBeHealed_LeavesTheHeal()
    {
        var scenario = Sample.Read("""
            {
              "network": "peers.json",
              "steps": [
                { "do": "partition", "peers": "5005" },
                { "after": "10s", "do": "heal" },
                { "after": "20s", "expect": { "sameChain": "honest" }, "within": "60s" }
              ]
            }
            """);

        var shrunk = Shrink(scenario, candidate => candidate.Acts.OfType<Partition>().Any());

        Assert.Collection(
            shrunk.Smallest.Scenario.Acts,
            act => Assert.IsType<Partition>(act),
            act => Assert.IsType<Heal>(act));
    }

    [Fact]
    public void Shrink_WhenNothingOfTheNetworkMatters_LeavesOneThatIsConnectedAndUsual()
    {
        var shrunk = Shrink(Busy(), _ => true);

        Assert.Single(shrunk.Smallest.Scenario.Network.Peers);
        Assert.All(shrunk.Smallest.Scenario.Network.Peers, peer =>
        {
            Assert.Equal(0, peer.Settings.DropProbability);
            Assert.Equal(TimeSpan.Zero, peer.Settings.BlockInterval);
            Assert.True(peer is { IsHonest: true, Info: { Light: false, Nat: false } });
        });
    }

    [Fact]
    public void Shrink_WhenTheSeedMatters_TriesOthers()
    {
        var shrunk = Shrink(Busy(), scenario => scenario.Network.Peers.Count > 8
            || (scenario.Seed == 5 && Has(scenario, "5007")));

        Assert.Equal(5UL, shrunk.Smallest.Scenario.Seed);
        Assert.InRange(shrunk.Smallest.Scenario.Network.Peers.Count, 1, 3);
    }

    [Fact]
    public void Shrink_WhenAnotherExpectationFailsWithout_KeepsThatApart()
    {
        // Without its pause it still fails, but in its first expectation, which is another failure.
        var first = Busy();
        var shrunk = Shrink(first, scenario => true, scenario => scenario.Acts.OfType<Pause>().Any()
            ? scenario.Steps.Count - 1
            : scenario.Steps.ToList().FindIndex(step => step.Expect is not null));

        Assert.Contains(shrunk.Smallest.Scenario.Steps, step => step.Expect is SameChain);
        Assert.Equal(shrunk.Smallest.Scenario.Steps.Count, shrunk.Smallest.Result.Steps.Count);
    }

    [Fact]
    public void Shrink_OfABrokenInvariant_LeavesWhatBreaksItAndTimeForIt()
    {
        var scenario = Busy();
        var broken = Broken(scenario, TimeSpan.FromSeconds(42));

        var shrunk = new Shrinker(
            scenarios => [.. scenarios.Select(one => Has(one, "5001") && Length(one) >= TimeSpan.FromSeconds(42)
                ? Broken(one, TimeSpan.FromSeconds(42))
                : null)],
            () => false).Shrink(broken);

        Assert.Equal(["5001"], Ids(shrunk));
        Assert.Equal("expect an answer of all", shrunk.Smallest.Scenario.Steps[^1].Expect is { } last
            ? $"expect {last.Describe()}" : "");
        Assert.InRange(Length(shrunk.Smallest.Scenario), TimeSpan.FromSeconds(42), TimeSpan.FromSeconds(43));
        Assert.Single(shrunk.Smallest.Scenario.Steps);
    }

    [Fact]
    public void Shrink_WhenTheTimeIsOver_GivesWhatItHas()
    {
        var runs = 0;
        var failure = Fails(Busy(), Busy().Steps.Count - 1);

        var shrunk = new Shrinker(
            scenarios => [.. scenarios.Select(one => Fails(one, one.Steps.Count - 1))],
            () => runs++ > 3).Shrink(failure);

        Assert.False(shrunk.IsDone);
        Assert.True(shrunk.Smallest.Scenario.Steps.Count <= Busy().Steps.Count);
    }

    private static Scenario Busy() => Sample.Read("""
        {
          "network": "peers.json",
          "steps": [
            { "at": "10s", "do": "partition", "peers": "group 1", "for": "20s" },
            { "do": "mine", "peers": "5005" },
            { "after": "5s", "do": "mine", "peers": "5007", "count": 3 },
            { "after": "30s", "expect": { "notBanned": "honest" }, "within": "20s" },
            { "after": "2s", "do": "pause", "peers": "5007, 5009", "for": "30s" },
            { "after": "7s", "do": "restart", "peers": "5010" },
            { "after": "60s", "expect": { "sameChain": "honest" }, "within": "90s" }
          ]
        }
        """);

    private static Shrunk Shrink(
        Scenario scenario, Predicate<Scenario> fails, Func<Scenario, int>? where = null)
    {
        where ??= one => one.Steps.Count - 1;
        return new Shrinker(
            scenarios => [.. scenarios.Select(one => fails(one) ? Fails(one, where(one)) : null)],
            () => false).Shrink(Fails(scenario, scenario.Steps.Count - 1));
    }

    /// <summary>A run whose steps take no time, and whose step at this place does not hold.</summary>
    private static Failure Fails(Scenario scenario, int place)
    {
        var results = new List<StepResult>();
        var time = TimeSpan.Zero;
        foreach (var (index, step) in scenario.Steps.Take(place + 1).Index())
        {
            time += step.After;
            time = step.At is { } at && at > time ? at : time;
            results.Add(new StepResult(
                step, time, time, index == place ? Judgement.DidNotHold("it is so") : Judgement.Held()));
        }

        return Failure.Of(new TrialResult(scenario, HostNames.Simulation, results, time), [])!;
    }

    private static Failure Broken(Scenario scenario, TimeSpan at)
    {
        var results = Fails(scenario, scenario.Steps.Count - 1).Result.Steps.Where(step => step.Ended < at);
        return Failure.Of(
            new TrialResult(scenario, HostNames.Simulation, [.. results], at, "it was broken")
            {
                BrokenName = "a-rule",
            },
            [])!;
    }

    private static TimeSpan Length(Scenario scenario) =>
        Fails(scenario, scenario.Steps.Count - 1).Result.Took;

    private static bool Has(Scenario scenario, string id) => scenario.Network.TryGet(new PeerId(id), out _);

    private static IEnumerable<string> Ids(Shrunk shrunk) =>
        shrunk.Smallest.Scenario.Network.Peers.Select(peer => peer.Id.Value);
}
