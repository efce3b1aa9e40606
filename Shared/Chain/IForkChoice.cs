namespace Blockchain.Shared.Chain;

/// <summary>
/// Which of two branches of equal height is the chain. A longer branch always wins, and a shorter one never: the
/// exchange of headers relies on that.
/// </summary>
public interface IForkChoice
{
    /// <summary>Whether the chain changes over to a branch that has just grown as long as it is.</summary>
    /// <param name="rival">The end of that branch, accepted last of all blocks.</param>
    /// <param name="tip">The end of the chain.</param>
    bool Prefers(ChainNode rival, ChainNode tip);
}
