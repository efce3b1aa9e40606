namespace Blockchain.Trials;

/// <summary>What can be said of an expectation.</summary>
public enum Verdict
{
    Held,
    DidNotHold,

    /// <summary>
    /// Nobody knows: a peer did not answer, the host does not measure it, or the machine was too busy to be in time.
    /// </summary>
    CouldNotBeTold,
}
