namespace Blockchain.Shared.Chain;

/// <summary>
/// The tip that was accepted first, as in Bitcoin (S. Nakamoto, 2008, section 5): peers that have the same blocks may
/// have different tips until one branch gets longer.
/// </summary>
internal sealed class FirstSeen : IForkChoice
{
    public bool Prefers(ChainNode rival, ChainNode tip) => false;
}
