using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// Makes a <see cref="MessageTraced"/> of each stage of each message of a peer. A peer has one only while somebody has
/// asked for single messages.
/// </summary>
/// <param name="self">Whose messages these are.</param>
/// <param name="tell">Who has asked.</param>
public sealed class MessageTracer(PeerId self, Action<MessageTraced> tell)
{
    // What a later refusal is about: the parts of a peer that refuse something know its type and no more.
    private MessageTraced? _last;

    /// <summary>The network that a host simulates has lost it on the way. Its sender must not learn of it.</summary>
    public void Lost(TimeSpan now, in Transmission transmission) =>
        Outgoing(now, MessageStage.Dropped, transmission, DropReason.Loss);

    internal void Outgoing(
        TimeSpan now, MessageStage stage, in Transmission transmission, DropReason? reason = null) =>
        tell(Of(now, stage, transmission.NextHop, transmission.Message) with { Reason = reason });

    internal void Received(TimeSpan now, PeerId via, Message message)
    {
        _last = Of(now, MessageStage.Received, via, message);
        tell(_last);
    }

    /// <summary>Something went no further here; told if it is the message that has just arrived.</summary>
    internal void Refused(TimeSpan now, MessageType type, DropReason reason, PeerId by)
    {
        if (_last is { } last && last.Time == now && (type == last.Type || type == last.Payload)
            && (by == last.Other || by == last.Origin || by == last.Target))
        {
            _last = null;
            tell(last with { Stage = MessageStage.Refused, Reason = reason });
        }
    }

    private MessageTraced Of(TimeSpan now, MessageStage stage, PeerId other, Message message)
    {
        var content = message is Relay { Payload: var payload } ? payload : message;
        var traced = new MessageTraced(
            now, self, stage, other, message.Type, message.Key, MessageContent.SubjectsOf(content),
            stage is MessageStage.Queued or MessageStage.Left ? null : MessageContent.TextOf(content));
        return message is Relay relay
            ? traced with
            {
                Origin = relay.Sender,
                Target = relay.Target,
                Payload = content.Type,
                PayloadId = content.Key,
            }
            : traced;
    }
}
