using System.Text.Json.Serialization;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// One message at one peer, told only to who asked for single messages. What the sender tells and what the receiver
/// tells belong together by sender, receiver and <see cref="Id"/>, in order where that is the same more than once.
/// </summary>
/// <param name="Other">To whom it goes next; of one that arrived: whose connection it came on.</param>
/// <param name="Type">What travels: of a message inside a RELAY it is RELAY.</param>
/// <param name="Id">By what the receiver tells it from others.</param>
/// <param name="Subjects">
/// The blocks or the transaction that it is about, at most <see cref="MostSubjects"/>; null: none.
/// </param>
/// <param name="What">What it says, in words for people; null where the type says all.</param>
/// <param name="Reason">Why it was dropped or refused, or could not be handed over.</param>
/// <param name="Origin">Of a RELAY: who wrote what is in it.</param>
/// <param name="Target">Of a RELAY: whom it is for.</param>
/// <param name="Payload">Of a RELAY: the type of what is in it.</param>
/// <param name="PayloadId">Of a RELAY: by what its payload is told from others.</param>
public sealed record MessageTraced(
    TimeSpan Time,
    PeerId Peer,
    MessageStage Stage,
    PeerId Other,
    MessageType Type,
    MessageId Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Hash256>? Subjects = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? What = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DropReason? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PeerId? Origin = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PeerId? Target = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageType? Payload = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageId? PayloadId = null)
    : PeerEvent(Time, Peer)
{
    /// <summary>A message may list thousands of blocks.</summary>
    public const int MostSubjects = 64;

    /// <summary>What the message is about is compared by what stands in the list.</summary>
    public bool Equals(MessageTraced? other) =>
        base.Equals(other)
        && (Stage, Other, Type, Id, What, Reason) ==
            (other.Stage, other.Other, other.Type, other.Id, other.What, other.Reason)
        && (Origin, Target, Payload, PayloadId) == (other.Origin, other.Target, other.Payload, other.PayloadId)
        && (Subjects ?? []).SequenceEqual(other.Subjects ?? []);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Stage, Other, Id);
}
