using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// One of several attackers that want to be all neighbours of a victim (E. Heilman et al., "Eclipse attacks on Bitcoin's
/// peer-to-peer network", 2015): names nobody but the others, those of its plan, to one who asks for peers; and says
/// nothing of blocks and transactions, neither by itself nor when it is asked.
/// </summary>
internal sealed class Eclipse : IBehaviour
{
    private BehaviourTools? _tools;

    public void Start(TimeSpan now, BehaviourTools tools) => _tools = tools;

    public bool Shows(Message news, bool isOwn) => false;

    public bool Introduces => false;

    public bool SendsUnasked(Block block) => false;

    public bool Answers(Message request) => false;

    public IReadOnlyList<PeerInfo> Names(IReadOnlyList<PeerInfo> known) =>
        _tools is null ? known : [.. _tools.Planned, known[^1]];
}
