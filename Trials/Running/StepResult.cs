namespace Blockchain.Trials.Running;

/// <summary>What came of a step.</summary>
/// <param name="Began">When it was its turn, since the network was up.</param>
/// <param name="Ended">When it was done, or decided.</param>
public sealed record StepResult(Step Step, TimeSpan Began, TimeSpan Ended, Judgement Judgement)
{
    public TimeSpan Took => Ended - Began;
}
