namespace Blockchain.Shared.Wire;

/// <summary>
/// A round of push and pull: what the sender has heard of late, and the question for what the receiver has.
/// </summary>
public sealed record Rumours(
    PeerId Sender, IReadOnlyList<Hash256> BlockIds, IReadOnlyList<Hash256> TransactionIds, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Rumours;
}

/// <summary>A question for transactions that the receiver has named; each is answered by a TX.</summary>
public sealed record WantTransactions(PeerId Sender, IReadOnlyList<Hash256> TransactionIds, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.WantTransactions;
}
