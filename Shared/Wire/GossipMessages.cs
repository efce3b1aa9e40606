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

/// <summary>The sender has these, and sends them to those that ask.</summary>
public sealed record Have(
    PeerId Sender, IReadOnlyList<Hash256> BlockIds, IReadOnlyList<Hash256> TransactionIds, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Have;
}

/// <summary>gossipsub's GRAFT: the sender has taken the receiver into its mesh.</summary>
public sealed record Graft(PeerId Sender, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Graft;
}

/// <summary>gossipsub's PRUNE: the sender has the receiver in its mesh no more, or does not take it in.</summary>
/// <param name="BackoffSeconds">For so long the receiver is not to graft the sender again.</param>
public sealed record Prune(PeerId Sender, int BackoffSeconds, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Prune;
}

/// <summary>A transaction in the stem of Dandelion++: for the receiver alone.</summary>
public sealed record StemTransaction(PeerId Sender, Transaction Transaction, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Stem;
}

/// <summary>BIP 330's <c>reqrecon</c>.</summary>
/// <param name="Nonce">Makes the short ids of this comparison, see <see cref="SketchIds"/>.</param>
/// <param name="SetSize">How many transactions the sender would announce to the receiver.</param>
public sealed record RequestSketch(PeerId Sender, ulong Nonce, int SetSize, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.RequestSketch;
}

/// <summary>BIP 330's <c>sketch</c>.</summary>
/// <param name="Sums">The sums of odd powers, see <see cref="PinSketch"/>; none: one of the sets is empty.</param>
public sealed record Sketch(PeerId Sender, ulong Nonce, IReadOnlyList<ulong> Sums, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Sketch;
}

/// <summary>BIP 330's <c>reconcildiff</c>.</summary>
/// <param name="IsSuccess">False: the difference did not fit into the sketch, and both name all that they have.</param>
/// <param name="Asked">Short ids of what the sender lacks.</param>
public sealed record SketchDifference(
    PeerId Sender, ulong Nonce, bool IsSuccess, IReadOnlyList<ulong> Asked, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.SketchDifference;
}
