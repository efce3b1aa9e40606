namespace Blockchain.Shared.Chain;

/// <summary>
/// The tip with the lowest id, so that peers that have the same blocks have the same chain in whatever order these
/// came.
/// </summary>
internal sealed class LowestId : IForkChoice
{
    public bool Prefers(ChainNode rival, ChainNode tip) => rival.Id.CompareTo(tip.Id) < 0;
}
