using System.Text;
using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Reading;

namespace Blockchain.Trials.Tests.Hunting;

public sealed class VariationTests
{
    private const int Trials = 2_000;

    private static readonly Scenario Usual = Sample.Read(Sample.Usual);

    [Fact]
    public void Trials_AtFirst_ChangeOnlyTheSeed()
    {
        for (var number = 0; number < Variation.Unchanged; number++)
        {
            var trial = Variation.Of(Usual, 100, number);

            Assert.Equal(Usual with { Seed = 100 + (ulong)number }, trial);
        }
    }

    [Fact]
    public void AddedFaults_OfAnyTrial_AreOverBeforeAnythingIsExpected()
    {
        var added = 0;
        for (var number = Variation.Unchanged; number < Trials; number++)
        {
            var steps = Variation.Of(Usual, 1, number).Steps;
            foreach (var (place, step) in steps.Index().Where(one => IsAdded(one.Item)))
            {
                added++;
                var passed = TimeSpan.Zero;
                var next = place;
                while (!IsWaiting(steps[next]))
                {
                    passed += steps[++next].After;
                }

                Assert.True(
                    passed >= (step.Act!.For ?? TimeSpan.Zero) + Promise.Rest,
                    $"trial {number}: {step} may last longer than until {steps[next]}");
            }
        }

        Assert.True(added > Trials);
    }

    [Fact]
    public void OwnSteps_OfAnyTrial_AreAllThereInTheirOrder()
    {
        for (var number = Variation.Unchanged; number < Trials; number++)
        {
            var own = Variation.Of(Usual, 1, number).Steps.Where(step => !IsAdded(step));

            Assert.Equal(Usual.Steps.Select(What), own.Select(What));
        }
    }

    [Fact]
    public void Trial_WrittenAndReadAgain_IsTheSame()
    {
        for (var number = 0; number < 200; number++)
        {
            var text = ScenarioFile.Write(Variation.Of(Usual, 1, number));
            var read = ScenarioFile.Parse(Encoding.UTF8.GetBytes(text), "sample", _ => []);

            Assert.Empty(read.Problems);
            Assert.Equal(text, ScenarioFile.Write(read.Scenario!));
        }
    }

    [Fact]
    public void PeersThatTheScenarioNames_OfAnyTrial_StayInTheNetwork()
    {
        var sizes = new HashSet<int>();
        for (var number = Variation.Unchanged; number < Trials; number++)
        {
            var trial = Variation.Of(Usual, 1, number);
            sizes.Add(trial.Network.Peers.Count);

            Assert.All(["5005", "5009", "5010"], id => Assert.True(trial.Network.TryGet(new PeerId(id), out _)));
            Assert.Contains(trial.Network.Peers, peer => peer.Info.NetworkId == 1);
        }

        Assert.True(sizes.Count > 3, "Networks of other sizes were tried.");
    }

    [Fact]
    public void PeersThatAreKilledByTheScenario_OfAnyTrial_AreLeftToIt()
    {
        var ids = Enumerable.Range(Variation.Unchanged, Trials)
            .SelectMany(number => Variation.Of(Usual, 1, number).Steps).Where(IsAdded)
            .Select(step => step.Act).OfType<PeerAct>()
            .Where(act => act is Kill or Leave or Restart or Churn or Pause)
            .SelectMany(act => act.Peers.Ids).Distinct().ToArray();

        Assert.NotEmpty(ids);
        Assert.DoesNotContain(new PeerId("5010"), ids);
    }

    [Fact]
    public void Scenario_ThatExpectsANumber_ChangesOnlyItsSeed()
    {
        var scenario = Sample.Read("""
            { "network": "peers.json", "steps": [{ "expect": { "height": "all", "atLeast": 3 }, "within": "60s" }] }
            """);

        Assert.Equal(scenario with { Seed = 301 }, Variation.Of(scenario, 1, 300));
    }

    [Fact]
    public void Scenario_ThatSaysWhatMayChange_ChangesNothingElse()
    {
        var scenario = Usual with { Hunt = new HuntLimits { Peers = false, Conditions = false, Faults = 2 } };
        var most = 0;
        for (var number = Variation.Unchanged; number < Trials; number++)
        {
            var trial = Variation.Of(scenario, 1, number);
            most = Math.Max(most, trial.Steps.Count - scenario.Steps.Count);

            Assert.Same(scenario.Network, trial.Network);
        }

        Assert.Equal(2, most);
    }

    private static bool IsWaiting(Step step) => step.Expect is not null || step.Once is not null;

    // A fault that is added has no time of its own, and is none of those of the scenario.
    private static bool IsAdded(Step step) => step.Act is not null && !Usual.Acts.Contains(step.Act);

    private static (Act?, object?, object?, string?) What(Step step) => (step.Act, step.Expect, step.Once, step.Label);
}
