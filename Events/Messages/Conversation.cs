using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>
/// What two peers say to each other, directly or by relays, and what they pass to each other for others; as it is
/// heard.
/// </summary>
public sealed class Conversation(PeerId one, PeerId other)
{
    /// <summary>So long it is waited for what the other end tells of a message.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Two streams are not heard at the same time.
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(500);

    private readonly ArrowFold _fold = new();
    private readonly Dictionary<MessageId, List<Arrow>> _relayed = [];
    private readonly List<List<Arrow>> _open = [];
    private int _next;

    public void Add(PeerEvent happened)
    {
        if (happened is MessageTraced told)
        {
            _fold.Apply(told);
        }
    }

    /// <summary>What can be said by now, in the order in which it was sent.</summary>
    /// <param name="now">By the clocks of the peers; <see cref="TimeSpan.MaxValue"/>: nothing more comes.</param>
    public IEnumerable<ConversationLine> Take(TimeSpan now)
    {
        for (; _next < _fold.All.Count; _next++)
        {
            Open(_fold.All[_next]);
        }

        _open.RemoveAll(legs => legs.TrueForAll(leg => leg.IsPartOfOther));
        _open.Sort((first, second) => Begin(first).CompareTo(Begin(second)));
        while (_open is [var first, ..] && IsReady(first, now))
        {
            _open.RemoveAt(0);
            yield return Line(first);
        }
    }

    private static TimeSpan Begin(List<Arrow> legs) =>
        legs.Where(leg => !leg.IsPartOfOther).Min(leg => leg.Queued);

    private static bool IsReady(List<Arrow> legs, TimeSpan now) =>
        Begin(legs) < now - Patience || (Begin(legs) < now - Lag && HasEnded(legs));

    private void Open(Arrow arrow)
    {
        if (arrow.IsRelayed && IsPair(arrow.Origin, arrow.Target))
        {
            if (_relayed.TryGetValue(arrow.Id, out var legs))
            {
                legs.Add(arrow);
                return;
            }

            _relayed[arrow.Id] = legs = [arrow];
            _open.Add(legs);
        }
        else if (IsPair(arrow.From, arrow.To))
        {
            _open.Add([arrow]);
        }
    }

    private bool IsPair(PeerId from, PeerId to) => (from == one && to == other) || (from == other && to == one);

    private static bool HasEnded(List<Arrow> legs) => legs.Exists(leg =>
        leg.End is ArrowEnd.Lost or ArrowEnd.Refused || (leg.End == ArrowEnd.Failed && !leg.IsRelayed)
        || (leg.HasArrived && (leg.To == leg.Target || !leg.IsRelayed)));

    private ConversationLine Line(List<Arrow> all)
    {
        var legs = all.Where(leg => !leg.IsPartOfOther).OrderBy(leg => leg.Queued).ToList();
        var isOurs = IsPair(legs[0].Origin, legs[0].Target);
        var (from, to) = isOurs ? (legs[0].Origin, legs[0].Target) : (legs[0].From, legs[0].To);
        var last = legs.Find(leg => leg.HasArrived && leg.To == to) ?? legs[^1];
        return new ConversationLine(
            legs[0].Queued,
            from,
            to,
            legs[0].Content,
            legs[0].Subjects,
            legs.Select(leg => leg.What).FirstOrDefault(what => what is not null),
            last.End == ArrowEnd.Arrived && last.To != to ? ArrowEnd.Underway : last.End,
            last.HasArrived && last.To == to ? last.Received - legs[0].Queued : null,
            legs.Aggregate(TimeSpan.Zero, (sum, leg) => sum + ((leg.Left ?? leg.Queued) - leg.Queued)),
            last.Reason,
            isOurs ? [.. legs.SelectMany(leg => new[] { leg.From, leg.To }).Where(by => !IsEnd(by)).Distinct()] : [],
            isOurs ? null : (legs[0].Origin, legs[0].Target));
    }

    private bool IsEnd(PeerId peer) => peer == one || peer == other;
}
