using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>
/// One attempt to get one message from a peer to the next one, put together from what both have told of it.
/// </summary>
public sealed class Arrow
{
    internal Arrow(MessageTraced told)
    {
        Told = told;
        (From, To) = told.Stage is MessageStage.Received or MessageStage.Refused
            ? (told.Other, told.Peer)
            : (told.Peer, told.Other);
        Queued = told.Time;
    }

    public PeerId From { get; }

    /// <summary>The next one on its way, not always whom it is for.</summary>
    public PeerId To { get; internal set; }

    /// <summary>When its sender wanted to send it.</summary>
    public TimeSpan Queued { get; }

    /// <summary>When its turn came; null if it never did.</summary>
    public TimeSpan? Left { get; internal set; }

    /// <summary>When it was handed to the transport; null if it never was.</summary>
    public TimeSpan? Sent { get; internal set; }

    public TimeSpan? Received { get; internal set; }

    /// <summary>When it was known to be lost or to have failed.</summary>
    public TimeSpan? Lost { get; internal set; }

    public ArrowEnd End { get; internal set; }

    /// <summary>Why it was lost, failed or was refused.</summary>
    public DropReason? Reason { get; internal set; }

    /// <summary>Whether its sender has told of it; if not, it begins where it arrived.</summary>
    public bool IsToldBySender { get; internal set; } = true;

    /// <summary>Its sender was heard later: another arrow says all that this one does.</summary>
    internal bool IsPartOfOther { get; set; }

    /// <summary>What travels: RELAY, where it is inside of one.</summary>
    public MessageType Type => Told.Type;

    /// <summary>What it says in the end: of a RELAY the type of its payload.</summary>
    public MessageType Content => Told.Payload ?? Told.Type;

    public bool IsRelayed => Told.Payload is not null;

    /// <summary>Who wrote it.</summary>
    public PeerId Origin => Told.Origin ?? From;

    /// <summary>Whom it is for.</summary>
    public PeerId Target => Told.Target ?? To;

    public MessageId Id => Told.Id;

    public IReadOnlyList<Hash256> Subjects => Told.Subjects ?? [];

    /// <summary>What it says in words; null where its type says all.</summary>
    public string? What => Told.What;

    public bool HasArrived => Received is not null;

    /// <summary>The last time that is known of it.</summary>
    public TimeSpan Last => Received ?? Lost ?? Sent ?? Left ?? Queued;

    /// <summary>What is known of it besides times.</summary>
    internal MessageTraced Told { get; private set; }

    public bool IsAbout(Hash256 subject) => Subjects.Contains(subject);

    /// <summary>Between these two, in either direction, directly or by relays.</summary>
    public bool IsBetween(PeerId one, PeerId other) =>
        (Origin == one && Target == other) || (Origin == other && Target == one)
        || (From == one && To == other) || (From == other && To == one);

    /// <summary>Where a later stage knows more, such as the relay that it goes by.</summary>
    internal void Learn(MessageTraced told)
    {
        Told = told.What is null && Told.What is { } what ? told with { What = what } : told;
        To = told.Stage is MessageStage.Received or MessageStage.Refused ? To : told.Other;
    }

    public override string ToString() => $"{Content} {From} -> {To} {Queued.TotalSeconds:0.000} {End}";
}
