using Blockchain.Shared.Messages;
using Blockchain.Shared.Peers;

namespace Blockchain.Shared.Ledger;

/// <summary>
/// Spreads what is new. A transaction goes to <c>fanout</c> random peers once. A block is announced by INV to
/// <c>fanout</c> random peers per round, for some rounds, never twice to the same and never to one that has announced
/// it to us: push gossip in rounds (Demers et al., "Epidemic algorithms for replicated database maintenance", 1987).
/// </summary>
internal sealed class Gossip(PeerContext context)
{
    /// <summary>Who needs not be told, while the rounds of a block last.</summary>
    private readonly Dictionary<Hash256, HashSet<RemotePeer>> _told = [];

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        var targets = context.Table.Choose(
            context.Random, context.Settings.Fanout, from, static (peer, from) => peer != from && !peer.Info.Light);
        foreach (var target in targets)
        {
            context.Send(now, target, transaction);
        }
    }

    /// <param name="announcers">Who announced it to us before we had it.</param>
    public void Announce(TimeSpan now, Hash256 blockId, RemotePeer? from, IReadOnlyCollection<RemotePeer> announcers)
    {
        // A light peer could not serve what it announces.
        if (context.Self.Light)
        {
            return;
        }

        var told = new HashSet<RemotePeer>(announcers);
        if (from is not null)
        {
            told.Add(from);
        }

        if (_told.TryAdd(blockId, told))
        {
            Round(now, blockId, told, roundsLeft: context.Settings.GossipRounds);
        }
    }

    /// <summary>The peer has the block, so nobody needs to tell it.</summary>
    public void Knows(Hash256 blockId, RemotePeer peer)
    {
        if (_told.TryGetValue(blockId, out var told))
        {
            told.Add(peer);
        }
    }

    private void Round(TimeSpan now, Hash256 blockId, HashSet<RemotePeer> told, int roundsLeft)
    {
        var targets = context.Table.Choose(
            context.Random, context.Settings.Fanout, told, static (peer, told) => !told.Contains(peer));
        if (targets.Length > 0)
        {
            var inventory = new Inv(context.Self.Id, [blockId], context.Random.NextMessageId());
            foreach (var target in targets)
            {
                told.Add(target);
                context.Send(now, target, inventory);
            }
        }

        if (targets.Length == 0 || roundsLeft <= 1)
        {
            _told.Remove(blockId);
            return;
        }

        context.Timers.Schedule(
            now + context.Settings.GossipInterval, later => Round(later, blockId, told, roundsLeft - 1));
    }
}
