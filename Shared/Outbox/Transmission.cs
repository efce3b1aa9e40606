using Blockchain.Shared.Messages;

namespace Blockchain.Shared.Outbox;

/// <summary>One message on its way to one target.</summary>
public sealed class Transmission
{
    internal Transmission(PeerId target, Message message)
    {
        Target = target;
        Payload = message;
        Message = message;
    }

    /// <summary>Whom the message is for in the end.</summary>
    public PeerId Target { get; }

    /// <summary>What goes over the wire: the payload, or the RELAY that carries it.</summary>
    public Message Message { get; internal set; }

    /// <summary>To whom it is handed: the target, or the first relay towards it.</summary>
    public PeerId NextHop { get; internal set; }

    /// <summary>What was to be sent, without the RELAY around it.</summary>
    internal Message Payload { get; }

    internal int Failures { get; set; }
}
