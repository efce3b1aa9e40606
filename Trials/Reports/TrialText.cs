using System.Globalization;
using Blockchain.Events;
using Blockchain.Trials.Expectations;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Reports;

/// <summary>What came of a scenario, in lines for people.</summary>
public static class TrialText
{
    /// <summary>"  12.3 s  held               expect the same chain of honest within 15s (after 3.2 s)".</summary>
    public static string Line(StepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var took = result.Step.Expect is not null && result.Took > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $", after {result.Took.TotalSeconds:0.0} s") : "";
        var detail = result.Judgement.Detail.Length > 0 ? $": {result.Judgement.Detail}" : "";
        return $"{Time(result.Ended)}  {TrialRunner.Words(result.Judgement.Verdict),-17}  {result.Step}{took}{detail}";
    }

    /// <summary>"healthy on simulation, seed 1: held after 45.2 s".</summary>
    public static string Summary(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var broken = result.Broken is { } what ? $"; broken: {what}" : "";
        var steps = result.Scenario.Steps.Count - result.Steps.Count;
        var missing = steps > 0 ? $"; {steps} of {result.Scenario.Steps.Count} steps were not reached" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(result)}: {TrialRunner.Words(result.Verdict)} after {result.Took.TotalSeconds:0.0} s"
                + $"{broken}{missing}");
    }

    /// <summary>"; 0.652, 1.682, 1.716": the numbers that its expectations rest on; empty if there are none.</summary>
    public static string Measured(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var numbers = result.Steps.Select(step => step.Judgement.Measured).OfType<double>()
            .Select(Number).ToArray();
        return numbers.Length > 0 ? $"; {string.Join(", ", numbers)}" : "";
    }

    /// <summary>
    /// "least 0.64, median 0.7, most 0.88 of 20: expect 50% of honest to have a block after …", for each expectation
    /// that rests on a number.
    /// </summary>
    /// <param name="results">Of one scenario with several seeds.</param>
    public static IEnumerable<string> Spreads(IReadOnlyList<TrialResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var steps = results.SelectMany(result => result.Steps.Index())
            .Where(step => step.Item.Judgement.Measured is not null).GroupBy(step => step.Index)
            .OrderBy(step => step.Key);
        foreach (var step in steps.Where(step => step.Count() > 1))
        {
            double[] numbers = [.. step.Select(one => one.Item.Judgement.Measured!.Value).Order()];
            yield return $"least {Number(numbers[0])}, median {Number(Spread.Quantile(numbers, 0.5)!.Value)}, "
                + $"most {Number(numbers[^1])} of {numbers.Length}: {step.First().Item.Step}";
        }
    }

    /// <summary>"healthy on simulation, seed 1".</summary>
    public static string Name(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return $"{result.Scenario.Name} on {result.Host}, seed {result.Scenario.Seed}";
    }

    /// <summary>What could be seen when something was found first.</summary>
    public static IEnumerable<string> Lines(TrialFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        yield return $"the peers at {Time(failure.At).Trim()}:";
        foreach (var state in failure.States)
        {
            yield return $"  {state}";
        }

        yield return "what happened last:";
        foreach (var told in failure.LastEvents)
        {
            yield return $"  {told}";
        }
    }

    private static string Number(double number) => double.IsFinite(number) ? Bound.Text(number) : "never";

    private static string Time(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,7:0.0} s");
}
