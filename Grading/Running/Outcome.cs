namespace Blockchain.Grading.Running;

/// <summary>What came of one run.</summary>
public enum Outcome
{
    Held,
    Broken,

    /// <summary>It could not be told; counts as not held.</summary>
    Unknown,
}
