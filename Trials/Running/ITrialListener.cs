namespace Blockchain.Trials.Running;

/// <summary>
/// Hears how a run goes on. Every method has an empty body, so that one writes only those that one wants.
/// </summary>
public interface ITrialListener
{
    void Starting() { }

    /// <param name="now">Since the network was up.</param>
    void Began(Step step, TimeSpan now) { }

    /// <summary>An expectation does not hold yet.</summary>
    /// <param name="now">Since the network was up.</param>
    void Waiting(Step step, TimeSpan now, string detail) { }

    void Ended(StepResult result) { }
}
