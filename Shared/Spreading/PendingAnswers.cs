using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// Who asked for a block that we do not have: remembered, and answered when it arrives, as long as the asker itself
/// would wait (three timeouts).
/// </summary>
internal sealed class PendingAnswers(PeerContext context)
{
    private const int MaxPending = 1_000;
    private const int TimeoutsWaited = 3;

    private readonly Dictionary<Hash256, HashSet<RemotePeer>> _askers = [];

    public void Remember(TimeSpan now, Hash256 id, RemotePeer asker)
    {
        if (!_askers.TryGetValue(id, out var askers))
        {
            if (_askers.Count >= MaxPending)
            {
                context.Reports.Dropped(now, MessageType.GetBlock, DropReason.QueueFull, asker.Id);
                return;
            }

            _askers.Add(id, askers = []);
        }

        Assertions.That(_askers.Count <= MaxPending, "What others can make us remember is bounded.");
        if (askers.Add(asker))
        {
            context.Timers.Schedule(
                now + (TimeoutsWaited * context.Settings.RequestTimeout), later => Expire(later, id, asker));
        }
    }

    public IReadOnlyCollection<RemotePeer> Take(Hash256 id) => _askers.Remove(id, out var askers) ? askers : [];

    private void Expire(TimeSpan now, Hash256 id, RemotePeer asker)
    {
        if (!_askers.TryGetValue(id, out var askers) || !askers.Remove(asker))
        {
            return;
        }

        if (askers.Count == 0)
        {
            _askers.Remove(id);
        }

        Assertions.That(
            !Assertions.AreOn || !context.Ledger.Chain.Contains(id),
            "Who waited for what is here has had its answer.");

        context.Reports.Dropped(now, MessageType.GetBlock, DropReason.Expired, asker.Id);
    }
}
