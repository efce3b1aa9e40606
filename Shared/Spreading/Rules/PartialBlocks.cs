using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// Compact blocks of which something is missing that was asked for. Bounded; who has sent most of them loses one first.
/// </summary>
internal sealed class PartialBlocks(SaltedIds ids)
{
    private const int MaxBlocks = 64;
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>
    /// From so many neighbours the same block is rebuilt at a time, since any of them may never send what is missing:
    /// Bitcoin Core's MAX_CMPCTBLOCKS_INFLIGHT_PER_BLOCK.
    /// </summary>
    private const int MaxOfOneBlock = 3;

    private readonly Dictionary<Hash256, List<PartialBlock>> _byId = new(ids);
    private readonly FairBudget<RemotePeer> _budget = new(MaxBlocks, MaxBytes);

    /// <summary>Whether one more of this block, from this neighbour, is worth looking at.</summary>
    public bool HasRoomFor(Hash256 id, RemotePeer from) =>
        !_byId.TryGetValue(id, out var partials)
        || (partials.Count < MaxOfOneBlock && !partials.Exists(partial => partial.From == from));

    /// <returns>False if there is no room.</returns>
    public bool TryAdd(PartialBlock partial)
    {
        Assertions.That(HasRoomFor(partial.Id, partial.From), "Of each block some neighbours are enough.");
        if (!_byId.TryGetValue(partial.Id, out var partials))
        {
            _byId.Add(partial.Id, partials = []);
        }

        partials.Add(partial);
        _budget.Take(partial.From, partial.MemoryBytes);
        while (_budget.IsExceeded)
        {
            var largest = _budget.Largest();
            var victim = largest == partial.From
                ? partial
                : _byId.Values.SelectMany(list => list).First(other => other.From == largest);
            Remove(victim);
            if (victim == partial)
            {
                return false;
            }
        }

        return true;
    }

    public PartialBlock? Find(Hash256 id, RemotePeer from) =>
        _byId.TryGetValue(id, out var partials) ? partials.Find(partial => partial.From == from) : null;

    /// <returns>False if it had to go before.</returns>
    public bool Remove(PartialBlock partial)
    {
        if (!_byId.TryGetValue(partial.Id, out var partials) || !partials.Remove(partial))
        {
            return false;
        }

        _budget.GiveBack(partial.From, partial.MemoryBytes);
        if (partials.Count == 0)
        {
            _byId.Remove(partial.Id);
        }

        return true;
    }
}
