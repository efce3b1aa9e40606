using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>
/// Puts together what senders and receivers have told of single messages. Streams of different peers may be heard in
/// any order; what one peer tells is heard in its order.
/// </summary>
internal sealed class ArrowFold
{
    // The clocks of two processes differ by less; what arrived longer before it was sent is another copy.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(1);

    // At the sender before it is handed over: the relay, and with it the id on the wire, comes to be known late.
    private readonly Dictionary<(PeerId From, PeerId Target, MessageId Id), List<Arrow>> _waiting = [];

    // On the wire.
    private readonly Dictionary<(PeerId From, PeerId To, MessageId Id), List<Arrow>> _underway = [];

    // Told by the receiver before the sender was heard.
    private readonly Dictionary<(PeerId From, PeerId To, MessageId Id), Queue<Arrow>> _early = [];

    private readonly Dictionary<(PeerId From, PeerId To, MessageId Id), Arrow> _arrived = [];
    private readonly List<Arrow> _arrows = [];

    /// <summary>In the order in which they were heard of, those that are part of another one included.</summary>
    public IReadOnlyList<Arrow> All => _arrows;

    public void Apply(MessageTraced told)
    {
        switch (told.Stage)
        {
            case MessageStage.Queued:
                Begin(told);
                break;
            case MessageStage.Left:
                Waiting(told, arrow => arrow.Left is null).Left ??= told.Time;
                break;
            case MessageStage.Sent:
                Send(told);
                break;
            case MessageStage.Failed:
                End(told, ArrowEnd.Failed);
                break;
            case MessageStage.Dropped:
                End(told, ArrowEnd.Lost);
                break;
            case MessageStage.Received:
                Receive(told);
                break;
            case MessageStage.Refused:
                if (_arrived.TryGetValue((told.Other, told.Peer, told.Id), out var refused))
                {
                    (refused.End, refused.Reason) = (ArrowEnd.Refused, told.Reason);
                }

                break;
        }
    }

    private static (PeerId, PeerId, MessageId) KeyOf(MessageTraced told) =>
        (told.Peer, told.Target ?? told.Other, told.PayloadId ?? told.Id);

    private static T In<TKey, T>(Dictionary<TKey, T> by, TKey key)
        where TKey : notnull
        where T : new()
    {
        if (!by.TryGetValue(key, out var value))
        {
            by[key] = value = new T();
        }

        return value;
    }

    private Arrow Begin(MessageTraced told)
    {
        var arrow = new Arrow(told);
        _arrows.Add(arrow);
        In(_waiting, KeyOf(told)).Add(arrow);
        return arrow;
    }

    /// <summary>The oldest one that waits there, or a new one, where it has not been told of so far.</summary>
    private Arrow Waiting(MessageTraced told, Func<Arrow, bool>? which = null)
    {
        var arrow = _waiting.TryGetValue(KeyOf(told), out var waiting)
            ? waiting.Find(one => which?.Invoke(one) ?? true)
            : null;
        if (arrow is null)
        {
            return Begin(told);
        }

        arrow.Learn(told);
        return arrow;
    }

    private void Send(MessageTraced told)
    {
        var arrow = Waiting(told);
        arrow.Left ??= told.Time;
        arrow.Sent = told.Time;
        In(_waiting, KeyOf(told)).Remove(arrow);
        var wire = (arrow.From, arrow.To, arrow.Id);
        if (TryTakeEarly(wire, told.Time, out var arrived))
        {
            arrived.IsPartOfOther = true;
            Arrive(arrow, arrived.Queued);
            (arrow.End, arrow.Reason) = (arrived.End, arrived.Reason);
        }
        else
        {
            In(_underway, wire).Add(arrow);
        }
    }

    private bool TryTakeEarly(
        (PeerId From, PeerId To, MessageId Id) wire, TimeSpan sent, [NotNullWhen(true)] out Arrow? arrived)
    {
        arrived = null;
        if (_early.TryGetValue(wire, out var early))
        {
            while (early.TryDequeue(out arrived) && arrived.Queued < sent - Skew)
            {
            }
        }

        return arrived is not null;
    }

    private void Receive(MessageTraced told)
    {
        var wire = (told.Other, told.Peer, told.Id);
        if (_underway.TryGetValue(wire, out var underway) && underway is [var arrow, ..])
        {
            underway.RemoveAt(0);
            Arrive(arrow, told.Time);
            return;
        }

        var early = new Arrow(told) { IsToldBySender = false, Left = told.Time, Sent = told.Time };
        _arrows.Add(early);
        In(_early, wire).Enqueue(early);
        Arrive(early, told.Time);
    }

    private void Arrive(Arrow arrow, TimeSpan time)
    {
        (arrow.Received, arrow.End) = (time, ArrowEnd.Arrived);
        _arrived[(arrow.From, arrow.To, arrow.Id)] = arrow;
    }

    private void End(MessageTraced told, ArrowEnd end)
    {
        var arrow = TakeSent(told);
        if (arrow is null)
        {
            var isLost = told.Reason == DropReason.Loss;
            arrow = Waiting(told, one => !isLost || one.Left is null);
            arrow.Left ??= isLost ? told.Time : null;
            In(_waiting, KeyOf(told)).Remove(arrow);
        }

        (arrow.End, arrow.Lost, arrow.Reason) = (end, told.Time, told.Reason);
    }

    /// <summary>
    /// The sent one that this is about, if any: what a simulated link loses it loses at once, and a transport reports
    /// what has failed in the order in which it was sent.
    /// </summary>
    private Arrow? TakeSent(MessageTraced told)
    {
        if (!_underway.TryGetValue((told.Peer, told.Other, told.Id), out var underway))
        {
            return null;
        }

        var at = told.Reason == DropReason.Loss
            ? underway.FindLastIndex(one => one.Sent == told.Time)
            : 0;
        if (at < 0 || at >= underway.Count)
        {
            return null;
        }

        var arrow = underway[at];
        underway.RemoveAt(at);
        return arrow;
    }
}
