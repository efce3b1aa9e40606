using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// A block is announced by INV to <c>fanout</c> random peers per round, for some rounds, never twice to the same and
/// never to one that has announced it to us: push gossip in rounds (Demers et al., "Epidemic algorithms for replicated
/// database maintenance", 1987). A transaction goes to <c>fanout</c> random full peers once.
/// </summary>
internal sealed class AnnounceRule(RelayTools tools) : IRelayRule
{
    /// <summary>Who needs not be told, while the rounds of a block last.</summary>
    private readonly Dictionary<Hash256, HashSet<RemotePeer>> _told = new(tools.Ids);

    /// <summary>An empty set that is used again.</summary>
    private HashSet<RemotePeer>? _spare;

    public void Announce(TimeSpan now, Block block, Holders holders)
    {
        var fanout = tools.Settings.Fanout;
        if (tools.Settings.GossipRounds <= 1)
        {
            // There is no later round for which to remember who was told.
            tools.SendInventory(
                now, block.Id, tools.Choose(fanout, holders, static (peer, holders) => !holders.Has(peer)));
            return;
        }

        if (_told.ContainsKey(block.Id))
        {
            return;
        }

        var told = _spare ?? [];
        Assertions.That(told.Count == 0, "Nobody was told of a new block.");
        _spare = null;
        foreach (var announcer in holders.Announcers)
        {
            told.Add(announcer);
        }

        if (holders.From is not null)
        {
            told.Add(holders.From);
        }

        _told.Add(block.Id, told);
        Round(now, block.Id, told, roundsLeft: tools.Settings.GossipRounds);
    }

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from) => tools.SendTransaction(
        now,
        transaction,
        tools.Choose(tools.Settings.Fanout, from, static (peer, from) => peer != from && !peer.Info.Light));

    /// <summary>Nobody needs to tell it in a later round.</summary>
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
        Assertions.That(roundsLeft > 0, "A round is left, or nothing would be due.");
        Assertions.That(
            !Assertions.AreOn || (_told.TryGetValue(blockId, out var current) && ReferenceEquals(current, told)),
            "As long as rounds are left, it is known who was told.");
        var targets = tools.Choose(tools.Settings.Fanout, told, static (peer, told) => !told.Contains(peer));
        if (roundsLeft > 1)
        {
            foreach (var target in targets)
            {
                var isNew = told.Add(target);
                Assertions.That(isNew, "Nobody is told twice.");
            }
        }

        tools.SendInventory(now, blockId, targets);
        if (targets.Length == 0 || roundsLeft <= 1)
        {
            _told.Remove(blockId);
            told.Clear();
            _spare = told;
            return;
        }

        tools.Schedule(
            now + tools.Settings.GossipInterval, later => Round(later, blockId, told, roundsLeft - 1));
    }
}
