using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// Selfish mining: hides its blocks, and shows them when others come near, so that the work of others is in vain. The
/// state machine is SM1 of I. Eyal and E. G. Sirer, "Majority is not enough: Bitcoin mining is vulnerable", 2014,
/// algorithm 1. The three ways of being stubborn are those of K. Nayak et al., "Stubborn mining: generalizing selfish
/// mining and combining with an eclipse attack", 2016. Which part of the others mines on its block in a tie (γ) is not
/// set anywhere; it follows from the network.
/// </summary>
/// <param name="isLeadStubborn">It shows only as much as the others have, and not all when its lead shrinks to 1.</param>
/// <param name="isForkStubborn">Finding a block in a tie, it hides that as well.</param>
/// <param name="trail">How many blocks it goes on behind the others, hoping to catch up.</param>
/// <param name="grinding">
/// So many ids it tries for each block and takes the lowest, which is of use where the lowest id decides a tie.
/// </param>
internal sealed class Selfish(
    bool isLeadStubborn = false, bool isForkStubborn = false, int trail = 0, int grinding = 1) : IBehaviour
{
    private const double Step = 1e-6;

    private readonly SecretBranch _branch = new();

    /// <summary>Whether others know of as long a branch of its own as theirs.</summary>
    private bool _isRace;

    public Block MakeBlock(
        PeerId maker,
        double timestamp,
        Hash256 previous,
        IReadOnlyList<Transaction> transactions,
        SeededRandom random)
    {
        var best = BlockFactory.Create(maker, timestamp, previous, transactions);
        for (var i = 1; i < grinding; i++)
        {
            var other = BlockFactory.Create(maker, timestamp + (i * Step), previous, transactions);
            best = other.Id.CompareTo(best.Id) < 0 ? other : best;
        }

        return best;
    }

    public ChainNode? MinesOn(BlockTree chain) => _branch.MinesOn(chain);

    public bool Hides(Hash256 block) => _branch.Hides(block);

    public IReadOnlyList<ChainNode> Reveals(TimeSpan now, BlockTree chain, ChainNode added, bool isOwn)
    {
        if (!_branch.Begin(chain, added, isOwn))
        {
            return [];
        }

        return isOwn ? OnOwn(added) : OnOthers(added);
    }

    private IReadOnlyList<ChainNode> OnOwn(ChainNode added)
    {
        var lead = _branch.Lead;
        _branch.Extend(added);
        if (lead == 0 && _isRace && !isForkStubborn)
        {
            // The tie is won.
            _isRace = false;
            return _branch.Reveal(added);
        }

        if (lead == -1)
        {
            _isRace = true;
            return _branch.Reveal(added);
        }

        return [];
    }

    private IReadOnlyList<ChainNode> OnOthers(ChainNode added)
    {
        var (lead, before) = (_branch.Lead, _branch.Public);
        if (!_branch.Hear(added))
        {
            return [];
        }

        switch (lead)
        {
            case <= 0:
                _isRace = false;

                // It has no branch of its own, the others build on it, or they are too far ahead.
                if (before == _branch.Private || added.Parent == _branch.Private || lead - 1 < -trail)
                {
                    _branch.Adopt();
                }

                return [];
            case 2 when !isLeadStubborn:
                _isRace = false;
                return _branch.Reveal();
            default:
                _isRace = true;
                return _branch.Reveal(height: added.Height);
        }
    }
}
