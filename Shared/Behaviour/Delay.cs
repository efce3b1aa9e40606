using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// Announces blocks at once, and hands each over at the last moment before its asker would ask somebody else
/// (A. Gervais et al., "Tampering with the delivery of blocks and transactions in Bitcoin", 2015).
/// </summary>
internal sealed class Delay : IBehaviour
{
    /// <summary>The rest is for what it does not know of the way.</summary>
    private const double OfPatience = 0.9;

    public bool SendsUnasked(Block block) => false;

    public double Hesitation(GetBlock request) => OfPatience;
}
