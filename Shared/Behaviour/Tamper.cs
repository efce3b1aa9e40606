using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// Changes the blocks of others when it hands them over: their time is another, and so their id is no longer their
/// hash.
/// </summary>
internal sealed class Tamper : IBehaviour
{
    private PeerId? _self;

    public void Start(TimeSpan now, BehaviourTools tools) => _self = tools.Self;

    public Block HandsOver(Block block)
    {
        if (block.Header.Sender == _self)
        {
            return block;
        }

        var transactions = new Transaction[block.TransactionIds.Length];
        for (var i = 0; i < transactions.Length; i++)
        {
            transactions[i] = block.TransactionAt(i);
        }

        return BlockFactory.CreateForged(
            block.Header.Sender, block.Header.Timestamp + 1, block.PreviousId, transactions, block.Id);
    }
}
