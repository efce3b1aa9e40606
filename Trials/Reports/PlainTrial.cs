using Blockchain.Trials.Running;

namespace Blockchain.Trials.Reports;

/// <summary>Writes a line for each step when it is done: for a pipe, a log, or a host without a terminal.</summary>
public sealed class PlainTrial(TextWriter output) : ITrialListener
{
    public void Ended(StepResult result) => output.WriteLine($"  {TrialText.Line(result)}");
}
