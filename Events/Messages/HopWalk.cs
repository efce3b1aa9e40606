using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>
/// One hop, backwards from when the getter had it: the message that brought it, the request that this answered, the
/// announcement before that. What lies between them is waiting.
/// </summary>
internal sealed class HopWalk
{
    private readonly MessageHistory _history;
    private readonly Hash256 _subject;
    private readonly PeerId _getter;
    private readonly TimeSpan _end;

    // Each message as its legs, the last message first.
    private readonly List<(List<Arrow> Legs, string Before)> _messages = [];

    public HopWalk(MessageHistory history, Hash256 subject, Arrival arrival, TimeSpan end)
    {
        (_history, _subject, _getter, _end) = (history, subject, arrival.Peer, end);
        var brought = Latest(
            arrow => arrow.To == _getter && (arrow.From == arrival.Via || arrow.Origin == arrival.Via)
                && arrow.Content is MessageType.Block or MessageType.Tx or MessageType.BlockHeaders,
            arrival.Time);
        Giver = brought?.Origin ?? arrival.Via;
        if (brought is not null)
        {
            Follow(brought);
        }
    }

    /// <summary>Who had it and sent it; behind relays not the one that delivered it.</summary>
    public PeerId Giver { get; }

    /// <summary>The earliest time that is known of this hop.</summary>
    public TimeSpan FirstTold => _messages is [.., var first] ? first.Legs[0].Queued : _end;

    /// <param name="had">When the giver had it.</param>
    public PathHop Hop(TimeSpan had)
    {
        var parts = new PartList(had < _end ? had : _end, _end);
        var arrows = new List<Arrow>();
        for (var i = _messages.Count - 1; i >= 0; i--)
        {
            var (legs, before) = _messages[i];
            foreach (var leg in legs)
            {
                var why = ReferenceEquals(leg, legs[0]) ? before : $"waits at the relay {leg.From}";
                Wait(parts, leg.From, leg.Queued, why, ReferenceEquals(leg, legs[0]) ? LostBefore(legs[0]) : null);
                var name = leg.Content.Name();
                parts.To(leg.Left ?? leg.Queued, DelayKind.Queue, leg.From, leg, $"{name} waits to be sent");
                parts.To(
                    leg.Received ?? leg.Last, DelayKind.Latency, leg.From, leg, $"{name} on its way to {leg.To}");
                arrows.Add(leg);
            }
        }

        if (_messages.Count == 0)
        {
            parts.To(_end, DelayKind.Untold, Giver, null, "nobody told of the messages");
        }

        Wait(parts, _getter, _end, "waits for its parent");
        return new PathHop(Giver, _getter, parts.Take(Giver), [.. arrows.Where(arrow => arrow.Last >= parts.Begin)]);
    }

    private void Follow(Arrow brought)
    {
        var legs = LegsOf(brought);
        var sent = legs[0].Queued;
        switch (brought.Content)
        {
            case MessageType.Tx:
                _messages.Add((legs, "waits for a round of gossip"));
                return;
            case MessageType.BlockHeaders when IsAsked(sent, MessageType.GetBlockHeaders, out var exchange):
                _messages.Add((legs, "looks for the headers"));
                _messages.Add((LegsOf(exchange), "waits for a header exchange"));
                return;
        }

        if (!IsAsked(sent, MessageType.GetBlock, out var request))
        {
            _messages.Add((legs, "waits for a round of gossip"));
            return;
        }

        _messages.Add((legs, "looks for the block"));
        var asking = LegsOf(request);
        var told = Earliest(
            arrow => arrow.To == _getter && arrow.Origin == Giver
                && arrow.Content is MessageType.Inv or MessageType.BlockHeaders,
            asking[0].Queued);
        _messages.Add((asking, told is null ? "asks without having been told" : WaitedFor(told, asking[0])));
        if (told is not null)
        {
            FollowAnnouncement(LegsOf(told));
        }
    }

    private void FollowAnnouncement(List<Arrow> announcement)
    {
        if (announcement[0].Content == MessageType.BlockHeaders
            && IsAsked(announcement[0].Queued, MessageType.GetBlockHeaders, out var exchange))
        {
            _messages.Add((announcement, "looks for the headers"));
            _messages.Add((LegsOf(exchange), "waits for a header exchange"));
        }
        else
        {
            _messages.Add((announcement, "waits for a round of gossip"));
        }
    }

    /// <summary>The getter knew of it and did not ask the giver: most often it had asked another one.</summary>
    private string WaitedFor(Arrow told, Arrow asking)
    {
        var other = AskedBefore(asking);
        return other is not null && other.Last >= told.Received!.Value - TimeSpan.FromMinutes(1)
            ? $"waits for the answer of {other.Target}"
            : "waits before it asks";
    }

    /// <summary>What the getter had asked of another one last.</summary>
    private Arrow? AskedBefore(Arrow asking) => Latest(
        arrow => arrow.Origin == _getter && arrow.Target != Giver && arrow.Content == MessageType.GetBlock,
        asking.Queued, arrow => arrow.Queued);

    /// <summary>
    /// Why the getter waits in vain before it asks the giver: what it had asked of another one was lost, or the answer
    /// was, perhaps before the giver told it anything.
    /// </summary>
    private Arrow? LostBefore(Arrow asking)
    {
        if (asking.Origin != _getter || asking.Content != MessageType.GetBlock || AskedBefore(asking) is not { } other)
        {
            return null;
        }

        return IsGone(other) ? other : _history.About(_subject)
            .Where(arrow => IsGone(arrow) && arrow.Content == MessageType.Block && arrow.Origin == other.Target
                && arrow.Target == _getter && arrow.Queued >= other.Queued && arrow.Queued < asking.Queued)
            .MinBy(arrow => arrow.Queued);
    }

    private static bool IsGone(Arrow arrow) =>
        arrow.End is ArrowEnd.Lost or ArrowEnd.Failed or ArrowEnd.Refused or ArrowEnd.Underway;

    /// <summary>
    /// Waiting until then, at a peer; from where something was lost in the meantime it is waiting because of that.
    /// </summary>
    /// <param name="before">What was lost before; null: nothing that it waits for.</param>
    private void Wait(PartList parts, PeerId at, TimeSpan until, string why, Arrow? before = null)
    {
        var lost = _history.About(_subject)
            .Where(arrow => arrow == before
                || (IsGone(arrow) && IsOfHop(arrow, at) && arrow.Queued >= parts.Now && arrow.Queued < until))
            .OrderBy(arrow => arrow.Queued)
            .ToArray();
        if (lost is [var first, ..])
        {
            var more = lost.Length > 1 ? $", and {lost.Length - 1} more" : "";
            parts.To(first.Queued, DelayKind.Patience, at, null, why);
            parts.To(until, DelayKind.Loss, at, first, LostText(first) + more);
        }

        parts.To(until, DelayKind.Patience, at, null, why);
    }

    private static string LostText(Arrow lost) => lost.End switch
    {
        ArrowEnd.Refused => $"{lost.To} refused {lost.Content.Name()} ({lost.Reason})",
        ArrowEnd.Failed => $"{lost.Content.Name()} to {lost.To} failed ({lost.Reason})",
        _ => $"{lost.Content.Name()} from {lost.Origin} to {lost.Target} was lost",
    };

    /// <summary>
    /// What the giver told the getter, and while the getter waits also what it asked of others and they answered.
    /// </summary>
    private bool IsOfHop(Arrow arrow, PeerId at) =>
        (arrow.Origin == Giver && arrow.Target == _getter)
        || (at == _getter && arrow.Origin == _getter && arrow.Content == MessageType.GetBlock)
        || (at == _getter && arrow.Target == _getter && arrow.Content == MessageType.Block)
        || (arrow.Origin == _getter && arrow.Target == Giver);

    private bool IsAsked(TimeSpan until, MessageType by, out Arrow request)
    {
        var all = by == MessageType.GetBlock ? _history.About(_subject) : _history.HeaderRequests(_getter, Giver);
        request = all.Where(arrow => arrow.Content == by && arrow.To == Giver && arrow.Origin == _getter
                && arrow.Received <= until)
            .MaxBy(arrow => arrow.Received)!;
        return request is not null;
    }

    /// <summary>The way of a RELAY from its origin to here; of anything else the arrow itself.</summary>
    private List<Arrow> LegsOf(Arrow last)
    {
        var legs = new List<Arrow> { last };
        while (legs[0] is { IsRelayed: true } leg && leg.From != leg.Origin
            && _history.WithId(leg.Id)
                .Where(arrow => arrow.To == leg.From && arrow.Received <= leg.Queued && !legs.Contains(arrow))
                .MaxBy(arrow => arrow.Received) is { } before)
        {
            legs.Insert(0, before);
        }

        return legs;
    }

    private Arrow? Latest(Func<Arrow, bool> which, TimeSpan until, Func<Arrow, TimeSpan?>? when = null) =>
        _history.About(_subject)
            .Where(arrow => which(arrow) && (when?.Invoke(arrow) ?? arrow.Received) <= until)
            .MaxBy(arrow => when?.Invoke(arrow) ?? arrow.Received);

    private Arrow? Earliest(Func<Arrow, bool> which, TimeSpan until) =>
        _history.About(_subject).Where(arrow => which(arrow) && arrow.Received <= until)
            .MinBy(arrow => arrow.Received);
}
