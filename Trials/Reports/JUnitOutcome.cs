namespace Blockchain.Trials.Reports;

/// <summary>What came of a case.</summary>
public enum JUnitOutcome
{
    Success,
    Failure,

    /// <summary>It could not be told.</summary>
    Error,
    Skipped,
}
