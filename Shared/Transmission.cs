using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>One message on its way to one target. A value, since a simulation makes millions of them.</summary>
public readonly struct Transmission
{
    internal Transmission(RemotePeer target, Message message)
    {
        To = target;
        Hop = target;
        Payload = message;
        Message = message;
    }

    private Transmission(in Transmission other, RemotePeer hop, Message message, int failures)
    {
        To = other.To;
        Hop = hop;
        Payload = other.Payload;
        Message = message;
        Failures = failures;
    }

    /// <summary>Whom the message is for in the end.</summary>
    public PeerId Target => To.Id;

    /// <summary>To whom it is handed: the target, or the first relay towards it.</summary>
    public PeerId NextHop => Hop.Id;

    /// <summary>The same, as the sender knows it.</summary>
    public RemotePeer Hop { get; }

    /// <summary>What goes over the wire: the payload, or the RELAY that carries it.</summary>
    public Message Message { get; }

    internal RemotePeer To { get; }

    /// <summary>What was to be sent, without the RELAY around it.</summary>
    internal Message Payload { get; }

    internal int Failures { get; }

    /// <summary>Nothing but a message to a neighbour, tried for the first time.</summary>
    internal bool IsPlain => ReferenceEquals(To, Hop) && ReferenceEquals(Payload, Message) && Failures == 0;

    internal Transmission Over(RemotePeer hop, Message message) => new(this, hop, message, Failures);

    internal Transmission AfterFailure() => new(this, Hop, Message, Failures + 1);
}
