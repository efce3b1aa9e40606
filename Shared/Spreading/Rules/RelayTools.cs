using Blockchain.Shared.Behaviour;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>What a relay rule works with: neighbours to choose from, chance, time, and what it can send.</summary>
internal sealed class RelayTools(PeerContext context)
{
    public PeerSettings Settings => context.Settings;

    public PeerId Self => context.Self.Id;

    public LocalLedger Ledger => context.Ledger;

    public IBehaviour Behaviour => context.Behaviour;

    /// <summary>Where that goes which came in a message of the rule's own.</summary>
    public IRelayIntake Intake { get; set; } = null!;

    /// <summary>For a table of blocks or transactions.</summary>
    public SaltedIds Ids => context.Ids;

    public SeededRandom Random => context.Random;

    /// <summary>Does something later.</summary>
    public void Schedule(TimeSpan due, Action<TimeSpan> action) => context.Timers.Schedule(due, action);

    /// <inheritdoc cref="PeerTable.Choose"/>
    public ReadOnlySpan<RemotePeer> Choose<TState>(
        int count, TState state, Func<RemotePeer, TState, bool> condition)
        where TState : allows ref struct =>
        context.Table.Choose(context.Random, count, state, condition);

    /// <summary>Whether messages of this peer's rule may be sent to it.</summary>
    public bool Understands(RemotePeer peer) =>
        peer.Relay is { } name && name == context.SpokenRelay && !peer.Info.Light;

    /// <summary>For a message that is made now.</summary>
    public MessageId NextId() => context.Random.NextMessageId();

    /// <summary>Sends a message of the rule's own.</summary>
    public void Send(TimeSpan now, RemotePeer target, ControlMessage message)
    {
        Assertions.That(target.IsUsable, "Nothing is sent to a peer that is banned, forgotten or away.");
        Assertions.That(Understands(target), "Messages of a rule go to those that understand them.");
        context.Send(now, target, message);
    }

    /// <inheritdoc cref="PeerContext.Patience"/>
    public TimeSpan Patience(RemotePeer peer) => context.Patience(peer);

    /// <summary>A message of the rule's own told nothing new.</summary>
    public void Redundant(TimeSpan now, MessageType type, RemotePeer from) =>
        context.Reports.Redundant(now, type, from.Id);

    /// <summary>A message of the rule's own goes no further.</summary>
    public void Dropped(TimeSpan now, MessageType type, DropReason reason, RemotePeer peer) =>
        context.Reports.Dropped(now, type, reason, peer.Id);

    /// <summary>Sends an INV of one block.</summary>
    public void SendInventory(TimeSpan now, Hash256 blockId, ReadOnlySpan<RemotePeer> targets)
    {
        Assertions.That(!context.Self.Light, "A light peer could not serve what it announces.");
        if (targets.Length == 0)
        {
            return;
        }

        var inventory = new Inv(context.Self.Id, [blockId], context.Random.NextMessageId());
        foreach (var target in targets)
        {
            Assertions.That(target.IsUsable, "Nothing is announced to a peer that is banned, forgotten or away.");
            context.Send(now, target, inventory);
        }
    }

    /// <summary>
    /// Sends the whole block, without being asked, to full peers; an INV if this peer gives no blocks away.
    /// </summary>
    public void SendBlock(TimeSpan now, Block block, ReadOnlySpan<RemotePeer> targets)
    {
        Assertions.That(!context.Self.Light, "A light peer has no block to send.");
        if (!context.Behaviour.SendsUnasked(block))
        {
            SendInventory(now, block.Id, targets);
            return;
        }

        block = context.Behaviour.HandsOver(block);
        foreach (var target in targets)
        {
            Assertions.That(target.IsUsable, "Nothing is sent to a peer that is banned, forgotten or away.");
            Assertions.That(!target.Info.Light, "A light peer is never sent a whole block.");
            context.Send(now, target, block);
        }
    }

    /// <summary>
    /// Tells those that do not understand this peer's rule of a block: an INV to each that lacks it, as <c>flood</c> does.
    /// </summary>
    public void TellOthers(TimeSpan now, Block block, Holders holders) => SendInventory(
        now,
        block.Id,
        Choose(
            int.MaxValue,
            new Known(this, holders),
            static (peer, known) => !known.Holders.Has(peer) && !known.Tools.Understands(peer)));

    /// <summary>The same of a transaction: it goes to <c>fanout</c> random ones of them.</summary>
    public void TellOthers(TimeSpan now, Transaction transaction, RemotePeer? from) => SendTransaction(
        now,
        transaction,
        Choose(
            Settings.Fanout,
            (Tools: this, From: from),
            static (peer, state) => peer != state.From && !peer.Info.Light && !state.Tools.Understands(peer)));

    /// <summary>Random neighbours that understand this peer's rule.</summary>
    public ReadOnlySpan<RemotePeer> ChooseLike(int count) =>
        Choose(count, this, static (peer, tools) => tools.Understands(peer));

    public void SendTransaction(TimeSpan now, Transaction transaction, ReadOnlySpan<RemotePeer> targets)
    {
        Assertions.That(transaction.HasValidId, "A transaction with a false id goes no further.");
        foreach (var target in targets)
        {
            Assertions.That(!target.Info.Light, "A light peer is sent no transactions.");
            context.Send(now, target, transaction);
        }
    }

    private readonly ref struct Known(RelayTools tools, Holders holders)
    {
        public RelayTools Tools { get; } = tools;

        public Holders Holders { get; } = holders;
    }
}
