using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>Announces blocks, its own and others', and never hands over one, nor its header.</summary>
internal sealed class Withhold : IBehaviour
{
    public bool SendsUnasked(Block block) => false;

    public bool Answers(Message request) => request is not (GetBlock or GetBlockHeaders);
}
