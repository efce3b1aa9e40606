namespace Blockchain.Shared.Wire;

/// <summary>BIP 152's <c>sendcmpct</c>: how the sender wants to hear of new blocks.</summary>
/// <param name="Unasked">
/// As <see cref="CompactBlock"/> at once ("high bandwidth"); false: by INV, as anybody else.
/// </param>
public sealed record SendCompact(PeerId Sender, bool Unasked, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.SendCompact;
}

/// <summary>BIP 152's <c>cmpctblock</c>. No transaction is sent along: there is no coinbase that nobody has.</summary>
/// <param name="Header">What its envelope says of maker, time, id and parent.</param>
/// <param name="Envelope">The JSON object of the block without its transactions, in canonical form.</param>
/// <param name="Nonce">With the id, the key of the short ids.</param>
/// <param name="ShortIds">48 bits for each transaction, see <see cref="ShortIds"/>; in the order of the block.</param>
public sealed record CompactBlock(
    PeerId Sender,
    BlockHeader Header,
    ReadOnlyMemory<byte> Envelope,
    ulong Nonce,
    IReadOnlyList<ulong> ShortIds,
    MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.CompactBlock;
}

/// <summary>BIP 152's <c>getblocktxn</c>.</summary>
/// <param name="Indexes">Places in the block, from 0.</param>
public sealed record GetBlockTransactions(PeerId Sender, Hash256 BlockId, IReadOnlyList<int> Indexes, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.GetBlockTransactions;
}

/// <summary>BIP 152's <c>blocktxn</c>.</summary>
/// <param name="Transactions">Those that were asked for, in that order, as they stand in the block.</param>
public sealed record BlockTransactions(
    PeerId Sender, Hash256 BlockId, IReadOnlyList<Transaction> Transactions, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.BlockTransactions;

    /// <summary>Whether each <c>tx_id</c> is the right hash.</summary>
    public bool HasValidIds => Transactions.All(static transaction => transaction.HasValidId);
}
