using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Reading;

/// <summary>What can only be said of the whole: names that exist, in the order of the steps.</summary>
internal static class ScenarioRules
{
    /// <param name="plan">Null: nobody knows which peers there are.</param>
    public static void Check(NetworkPlan? plan, IReadOnlyList<(Step Step, JsonPlace Place)> steps)
    {
        var rules = plan is null ? null : new ActRules(
            id => plan.TryGet(id, out _), group => plan.Peers.Any(peer => peer.Info.NetworkId == group));
        var (labels, time) = (new HashSet<string>(StringComparer.Ordinal), TimeSpan.Zero);
        foreach (var (step, place) in steps)
        {
            if (step.Act is { } act && rules is not null)
            {
                Report(place, rules.Problems(act));
            }

            if (step.TimedFrom is { } from && !labels.Contains(from))
            {
                Unknown(from, labels, place.Path.At("timedFrom"), place);
            }

            foreach (var expectation in new[] { step.Expect, step.Once }.OfType<Expectation>())
            {
                CheckLabels(expectation, labels, place);
                Report(place, rules is null ? [] : expectation.Named.SelectMany(rules.Problems));
            }

            if (step.At is { } at)
            {
                if (at < time)
                {
                    place.Problems.Error(
                        place.Path.At("at"), "is before a step that stands above it; steps come one after the other");
                }

                time = at;
            }

            if (step.Label is { } label && !labels.Add(label))
            {
                place.Problems.Error(place.Path.At("as"), $"another step is called \"{label}\" as well");
            }
        }

        if (steps.Count > 0 && !steps.Any(step => step.Step.Expect is not null))
        {
            var (_, place) = steps[^1];
            place.Problems.Error(place.Path, "is the last step, and nothing was expected; add {\"expect\": …}");
        }
    }

    private static void CheckLabels(Expectation expectation, HashSet<string> labels, JsonPlace place)
    {
        if (expectation.Since is { Label: { } since } && !labels.Contains(since))
        {
            Unknown(since, labels, place.Path.At("expect"), place);
        }

        if (expectation is Everywhere { What: not (Everywhere.Blocks or Everywhere.Transactions) } everywhere
            && !labels.Contains(everywhere.What))
        {
            Unknown(everywhere.What, labels, place.Path.At("expect"), place);
        }
    }

    private static void Unknown(string label, HashSet<string> labels, JsonPath path, JsonPlace place) =>
        place.Problems.Error(
            path, $"no step above is called \"{label}\" by \"as\"" + Spelling.DidYouMean(label, labels));

    private static void Report(JsonPlace place, IEnumerable<string> problems)
    {
        foreach (var problem in problems.Distinct())
        {
            place.Problems.Error(place.Path, problem.TrimEnd('.'));
        }
    }
}
