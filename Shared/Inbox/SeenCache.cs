using Blockchain.Shared.Messages;

namespace Blockchain.Shared.Inbox;

/// <summary>
/// Remembers messages in order to recognise their duplicates, and forgets them in the order in which they came: after
/// a time, or when there are too many.
/// </summary>
internal sealed class SeenCache(TimeSpan seenFor, int limit)
{
    private readonly HashSet<MessageId> _ids = [];
    private readonly Queue<(MessageId Id, TimeSpan SeenAt)> _order = new();

    public int Count => _ids.Count;

    /// <returns>False if it is remembered already.</returns>
    public bool Add(MessageId id, TimeSpan now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.SeenAt >= seenFor)
        {
            ForgetOldest();
        }

        if (!_ids.Add(id))
        {
            return false;
        }

        _order.Enqueue((id, now));
        if (_order.Count > limit)
        {
            ForgetOldest();
        }

        return true;
    }

    private void ForgetOldest() => _ids.Remove(_order.Dequeue().Id);
}
