using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>What the peer did since the last look.</summary>
internal sealed class ConversationNotes : IPeerListener, IMessageObserver, ITransmitter
{
    public List<Transmission> Sent { get; } = [];

    public List<PeerEvent> Events { get; } = [];

    public List<Transaction> Transactions { get; } = [];

    public List<DropReason> Drops { get; } = [];

    public void Transmit(in Transmission transmission) => Sent.Add(transmission);

    public void Happened(PeerEvent what) => Events.Add(what);

    public void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via) => Transactions.Add(transaction);

    public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) => Drops.Add(reason);

    public void Clear()
    {
        Sent.Clear();
        Events.Clear();
        Transactions.Clear();
        Drops.Clear();
    }
}
