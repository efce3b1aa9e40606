using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// Pays, waits until the payment has its confirmations, and then shows a longer branch without it. The race is that of
/// S. Nakamoto, "Bitcoin", 2008, section 11, as M. Rosenfeld has it ("Analysis of hashrate-based double-spending",
/// 2014): it pays when it has found the first block of its branch.
/// </summary>
internal sealed class DoubleSpend : IBehaviour
{
    /// <summary>
    /// Who has a third of the power catches up from so far behind once in a thousand times ((1/2)^10).
    /// </summary>
    private const int Patience = 10;

    private readonly SecretBranch _branch = new();
    private BehaviourTools? _tools;
    private Transaction? _payment;

    /// <summary>Height of the block that has the payment; null: none has it yet.</summary>
    private int? _paidAt;

    public void Start(TimeSpan now, BehaviourTools tools) => _tools = tools;

    public Block MakeBlock(
        PeerId maker,
        double timestamp,
        Hash256 previous,
        IReadOnlyList<Transaction> transactions,
        SeededRandom random) =>
        BlockFactory.Create(maker, timestamp, previous, [.. transactions.Where(one => one.Id != _payment?.Id)]);

    public ChainNode? MinesOn(BlockTree chain) => _branch.MinesOn(chain);

    public bool Hides(Hash256 block) => _branch.Hides(block);

    public IReadOnlyList<ChainNode> Reveals(TimeSpan now, BlockTree chain, ChainNode added, bool isOwn)
    {
        if (_tools is null || !_branch.Begin(chain, added, isOwn))
        {
            return [];
        }

        if (isOwn)
        {
            _branch.Extend(added);
            _payment ??= _tools.Pay(now);
        }
        else if (!_branch.Hear(added))
        {
            return [];
        }
        else if (_payment is null || -_branch.Lead >= _tools.Confirmations + Patience)
        {
            End(now, succeeded: false);
            _branch.Adopt();
            return [];
        }
        else if (added.TransactionIds.Contains(_payment.Id))
        {
            _paidAt = added.Height;
        }

        if (_branch.Public is not { } head || !(head.Height - _paidAt + 1 >= _tools.Confirmations) || _branch.Lead <= 0)
        {
            return [];
        }

        End(now, succeeded: true);
        return _branch.Reveal(added);
    }

    private void End(TimeSpan now, bool succeeded)
    {
        if (_payment is not null)
        {
            _tools!.AttackEnded(now, succeeded, _payment.Id, _branch.Hidden.Count);
        }

        (_payment, _paidAt) = (null, null);
    }
}
