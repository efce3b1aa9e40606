using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Guests;

/// <summary>
/// Stands where the rules of the core stand in a peer of ours: hands what comes to the guest, and what it says to the
/// outbox. So loss, latency, capacity, partitions and pauses are for it what they are for all others. It knows no
/// relays: over which it sends is its own business, as on a real network.
/// </summary>
/// <param name="find">Who has a name that is not in the guest's table yet; null: nobody.</param>
internal sealed class GuestHost(
    PeerContext context, IGuest guest, IReadOnlyList<PeerInfo> known, ulong seed, Func<PeerId, PeerInfo?> find)
{
    /// <summary>Turns that may wait while it is busy; what comes then is lost.</summary>
    private const int MaxWaiting = 10_000;

    /// <summary>Timers that it may have at a time.</summary>
    private const int MaxTimers = 100_000;

    private readonly Dictionary<string, TimeSpan> _due = [];
    private readonly Queue<GuestTurn> _waiting = new();
    private bool _isBusy;
    private bool _hasFailed;

    public void Start(TimeSpan now) => Offer(new GuestStarts(now, context.Plan, known, seed));

    public void Receive(TimeSpan now, PeerId via, Message message) => Offer(new GuestHears(now, via, message));

    /// <summary>
    /// Asks it something as if <paramref name="via"/> had, and takes the answer away: nobody else hears of either.
    /// </summary>
    /// <returns>What it says to that peer at once, of this type.</returns>
    public IReadOnlyList<Message> Ask(TimeSpan now, PeerId via, Message question, MessageType answer)
    {
        if (_hasFailed || _isBusy)
        {
            return [];
        }

        var said = guest.Take(new GuestHears(now, via, question));
        var isAnswer = said.Messages.ToLookup(one => one.To == via && one.Message.Type == answer);
        Act(now, said with { Messages = [.. isAnswer[false]] });
        return [.. isAnswer[true].Select(one => one.Message)];
    }

    /// <summary>A stranger has said who it is, at the address that it calls from.</summary>
    /// <returns>Null if that name is of somebody elsewhere. What to do about a newcomer is the guest's
    /// business.</returns>
    public PeerId? Meet(TimeSpan now, PeerInfo info)
    {
        var known = context.Table.Find(info.Id) ?? context.Table.Learn(now, info, isPlanned: true);
        return known?.Info.Ip == info.Ip ? known.Id : null;
    }

    private void Offer(GuestTurn turn)
    {
        if (_hasFailed)
        {
            return;
        }

        if (!_isBusy)
        {
            Take(turn);
        }
        else if (_waiting.Count < MaxWaiting)
        {
            _waiting.Enqueue(turn);
        }
        else if (turn is GuestHears heard)
        {
            context.Reports.Dropped(turn.Now, heard.Message.Type, DropReason.InboundLimit, heard.From);
        }
    }

    private void Take(GuestTurn turn)
    {
        var said = guest.Take(turn);
        Assertions.That(said.Cost >= TimeSpan.Zero, "Nothing is done before it is begun.");
        if (said.Cost > TimeSpan.Zero)
        {
            _isBusy = true;
            context.Timers.Schedule(turn.Now + said.Cost, later => Finish(later, said));
        }
        else
        {
            Act(turn.Now, said);
        }
    }

    private void Finish(TimeSpan now, GuestAnswer said)
    {
        _isBusy = false;
        Act(now, said);
        while (!_isBusy && !_hasFailed && _waiting.TryDequeue(out var turn))
        {
            Take(turn with { Now = now });
        }
    }

    private void Act(TimeSpan now, GuestAnswer said)
    {
        foreach (var (at, timer) in said.Timers)
        {
            _due[timer] = at;
            context.Timers.Schedule(at > now ? at : now, later => Wake(later, timer, at));
        }

        foreach (var (to, message) in said.Messages)
        {
            if ((context.Table.Find(to) ?? Learn(now, to)) is { } target)
            {
                context.Send(now, target, message);
            }
            else
            {
                context.Reports.Dropped(now, message.Type, DropReason.NoRoute, to);
            }
        }

        var failure = said.Failure ?? (_due.Count > MaxTimers ? $"it has more than {MaxTimers:N0} timers" : null);
        if (failure is not null)
        {
            _hasFailed = true;
            context.Reports.Happened(new GuestFailed(now, context.Self.Id, failure));
        }
    }

    private RemotePeer? Learn(TimeSpan now, PeerId id) =>
        id != context.Self.Id && find(id) is { } info ? context.Table.Learn(now, info, isPlanned: true) : null;

    private void Wake(TimeSpan now, string timer, TimeSpan at)
    {
        // It may have asked for another time since.
        if (_due.TryGetValue(timer, out var due) && due == at)
        {
            _due.Remove(timer);
            Offer(new GuestWakes(now, timer));
        }
    }
}
