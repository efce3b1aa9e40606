namespace Blockchain.Experiments.Runs;

/// <summary>How a run ended.</summary>
internal enum Outcome
{
    /// <summary>Not yet; a manifest that says so when nothing runs any more is one of a run that was killed.</summary>
    Running,

    Completed,

    /// <summary>Somebody stopped it; the results are those up to then.</summary>
    Interrupted,

    /// <summary>An invariant did not hold; the results are those up to then.</summary>
    Violated,
}
