using Blockchain.Trials;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;

namespace Blockchain.Network.Scenarios;

/// <summary>What a test makes of a scenario's verdict.</summary>
public static class Verdicts
{
    /// <summary>
    /// Fails the test if the scenario did not hold, and skips it if that cannot be told: a machine that is busy with
    /// something else says nothing about the network.
    /// </summary>
    public static void AssertHeld(this TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var steps = string.Join('\n', result.Steps.Select(TrialText.Line));
        TestContext.Current.TestOutputHelper?.WriteLine(steps);
        Assert.True(
            result.Verdict != Verdict.DidNotHold,
            $"{TrialText.Summary(result)}\n{steps}\n"
            + string.Join('\n', result.Failure is { } failure ? TrialText.Lines(failure) : []));
        Assert.SkipUnless(result.Verdict == Verdict.Held, $"{TrialText.Summary(result)}\n{steps}");
    }
}
