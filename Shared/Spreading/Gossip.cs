using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// Spreads what is new. A transaction goes to <c>fanout</c> random peers once. A block is announced by INV to
/// <c>fanout</c> random peers per round, for some rounds, never twice to the same and never to one that has announced
/// it to us: push gossip in rounds (Demers et al., "Epidemic algorithms for replicated database maintenance", 1987).
/// </summary>
internal sealed class Gossip(PeerContext context)
{
    /// <summary>Who needs not be told, while the rounds of a block last.</summary>
    private readonly Dictionary<Hash256, HashSet<RemotePeer>> _told = [];

    /// <summary>An empty set that is used again.</summary>
    private HashSet<RemotePeer>? _spare;

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
    public void Announce(TimeSpan now, Hash256 blockId, RemotePeer? from, ReadOnlySpan<RemotePeer> announcers)
    {
        // A light peer could not serve what it announces.
        if (context.Self.Light)
        {
            return;
        }

        if (context.Settings.GossipRounds <= 1)
        {
            // There is no later round for which to remember who was told.
            Tell(now, blockId, context.Table.Choose(
                context.Random, context.Settings.Fanout, new Informed(from, announcers),
                static (peer, informed) => !informed.Has(peer)));
            return;
        }

        if (_told.ContainsKey(blockId))
        {
            return;
        }

        var told = _spare ?? [];
        _spare = null;
        foreach (var announcer in announcers)
        {
            told.Add(announcer);
        }

        if (from is not null)
        {
            told.Add(from);
        }

        _told.Add(blockId, told);
        Round(now, blockId, told, roundsLeft: context.Settings.GossipRounds);
    }

    /// <summary>The peer has the blocks, so nobody needs to tell it.</summary>
    public void Knows(IReadOnlyList<Hash256> blockIds, RemotePeer peer)
    {
        if (_told.Count == 0)
        {
            return;
        }

        for (var i = 0; i < blockIds.Count; i++)
        {
            if (_told.TryGetValue(blockIds[i], out var told))
            {
                told.Add(peer);
            }
        }
    }

    private void Round(TimeSpan now, Hash256 blockId, HashSet<RemotePeer> told, int roundsLeft)
    {
        var targets = context.Table.Choose(
            context.Random, context.Settings.Fanout, told, static (peer, told) => !told.Contains(peer));
        if (roundsLeft > 1)
        {
            foreach (var target in targets)
            {
                told.Add(target);
            }
        }

        Tell(now, blockId, targets);
        if (targets.Length == 0 || roundsLeft <= 1)
        {
            _told.Remove(blockId);
            told.Clear();
            _spare = told;
            return;
        }

        context.Timers.Schedule(
            now + context.Settings.GossipInterval, later => Round(later, blockId, told, roundsLeft - 1));
    }
    private void Tell(TimeSpan now, Hash256 blockId, ReadOnlySpan<RemotePeer> targets)
    {
        if (targets.Length == 0)
        {
            return;
        }

        var inventory = new Inv(context.Self.Id, [blockId], context.Random.NextMessageId());
        foreach (var target in targets)
        {
            context.Send(now, target, inventory);
        }
    }

    /// <summary>Those who have a block before us: few, so that looking through them is quickest.</summary>
    private readonly ref struct Informed(RemotePeer? from, ReadOnlySpan<RemotePeer> announcers)
    {
        private readonly RemotePeer? _from = from;
        private readonly ReadOnlySpan<RemotePeer> _announcers = announcers;

        public bool Has(RemotePeer peer)
        {
            foreach (var announcer in _announcers)
            {
                if (ReferenceEquals(announcer, peer))
                {
                    return true;
                }
            }

            return ReferenceEquals(_from, peer);
        }
    }
}
