using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>What a relay rule works with: neighbours to choose from, chance, time, and three things to send.</summary>
internal sealed class RelayTools(PeerContext context)
{
    public PeerSettings Settings => context.Settings;

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

    public void SendTransaction(TimeSpan now, Transaction transaction, ReadOnlySpan<RemotePeer> targets)
    {
        Assertions.That(transaction.HasValidId, "A transaction with a false id goes no further.");
        foreach (var target in targets)
        {
            Assertions.That(!target.Info.Light, "A light peer is sent no transactions.");
            context.Send(now, target, transaction);
        }
    }
}
