using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// Who asked for a block that we do not have: remembered, and answered when it arrives, as long as the asker itself
/// would wait (three timeouts).
/// </summary>
internal sealed class PendingAnswers(PeerContext context)
{
    private const int MaxPending = 4_000;
    private const int TimeoutsWaited = 3;

    private readonly FairBudget<RemotePeer> _budget = new(MaxPending, bytes: 0);
    private readonly Dictionary<Hash256, HashSet<RemotePeer>> _askers = new(context.Ids);

    public void Remember(TimeSpan now, Hash256 id, RemotePeer asker)
    {
        if (_askers.TryGetValue(id, out var askers) && askers.Contains(asker))
        {
            return;
        }

        if (askers is null)
        {
            _askers.Add(id, askers = []);
        }

        askers.Add(asker);
        _budget.Take(asker, size: 0);
        if (_budget.IsExceeded)
        {
            var largest = _budget.Largest();
            var (dropped, waiting) = largest == asker
                ? new(id, askers)
                : _askers.First(question => question.Value.Contains(largest));
            Remove(dropped, waiting, largest);
            context.Reports.Dropped(now, MessageType.GetBlock, DropReason.QueueFull, largest.Id);
            if (largest == asker)
            {
                return;
            }
        }

        Assertions.That(_askers.Count <= MaxPending, "What others can make us remember is bounded.");
        context.Timers.Schedule(
            now + (TimeoutsWaited * context.Settings.RequestTimeout), later => Expire(later, id, askers, asker));
    }

    public IReadOnlyCollection<RemotePeer> Take(Hash256 id)
    {
        if (!_askers.Remove(id, out var askers))
        {
            return [];
        }

        foreach (var asker in askers)
        {
            _budget.GiveBack(asker, size: 0);
        }

        return askers;
    }

    private void Expire(TimeSpan now, Hash256 id, HashSet<RemotePeer> askers, RemotePeer asker)
    {
        // After an answer, the same peer may have asked for the same again.
        if (!_askers.TryGetValue(id, out var current) || current != askers || !askers.Contains(asker))
        {
            return;
        }

        Remove(id, askers, asker);
        Assertions.That(
            !Assertions.AreOn || !context.Ledger.Chain.Contains(id),
            "Who waited for what is here has had its answer.");

        context.Reports.Dropped(now, MessageType.GetBlock, DropReason.Expired, asker.Id);
    }

    private void Remove(Hash256 id, HashSet<RemotePeer> askers, RemotePeer asker)
    {
        var waited = askers.Remove(asker);
        Assertions.That(waited, "Only who waits can wait no more.");
        _budget.GiveBack(asker, size: 0);
        if (askers.Count == 0)
        {
            _askers.Remove(id);
        }
    }
}
