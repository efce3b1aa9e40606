
namespace Blockchain.Shared.Wire;

/// <summary>A message that names its sender and has an id of its own.</summary>
/// <param name="Sender">Who says that it sent this. Only the transport knows whether that is true.</param>
public abstract record ControlMessage(PeerId Sender, MessageId Id) : Message
{
    public sealed override MessageId Key => Id;
}

public sealed record Hello(PeerInfo Info, MessageId Id) : ControlMessage(Info.Id, Id)
{
    public override MessageType Type => MessageType.Hello;

    /// <summary>The relay rule whose messages the sender understands; null: those of none.</summary>
    public string? Relay { get; init; }
}

/// <param name="Timestamp">The sender's clock, Unix seconds; comes back in the PONG.</param>
public sealed record Ping(PeerId Sender, double Timestamp, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Ping;
}

/// <param name="Timestamp">The timestamp of the PING that this answers.</param>
public sealed record Pong(PeerId Sender, double Timestamp, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Pong;
}

public sealed record Inv(PeerId Sender, IReadOnlyList<Hash256> BlockIds, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Inv;
}

public sealed record GetBlock(PeerId Sender, IReadOnlyList<Hash256> BlockIds, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.GetBlock;

    /// <summary>Whether compact blocks will do (BIP 152's MSG_CMPCT_BLOCK).</summary>
    public bool Compact { get; init; }
}

/// <param name="Locator">
/// Ids of the asker's chain from its tip backwards with growing gaps (an extension of ours, as Bitcoin's getheaders
/// has it); empty from a foreign node, which then gets the chain from its first block on.
/// </param>
public sealed record GetBlockHeaders(PeerId Sender, IReadOnlyList<Hash256> Locator, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.GetBlockHeaders;
}

public sealed record BlockHeaders(PeerId Sender, IReadOnlyList<BlockHeader> Headers, MessageId Id)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.BlockHeaders;
}

public sealed record GetPeers(PeerId Sender, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.GetPeers;
}

/// <summary>The answer to GET_PEERS. Named so because <c>Peers</c> is the namespace of the peer table.</summary>
public sealed record PeerList(PeerId Sender, IReadOnlyList<PeerInfo> Peers, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Peers;
}

/// <summary>The first word on a connection of a signed network: prove who you are, by signing this.</summary>
/// <param name="Value">32 random bytes, of this connection alone.</param>
public sealed record Challenge(PeerId Sender, Hash256 Value, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Challenge;
}

/// <summary>The answer to a <see cref="Challenge"/>, good for the connection that it came on.</summary>
/// <param name="Sender">Who proves that it is itself.</param>
/// <param name="Target">To whom.</param>
public sealed record Proof(PeerId Sender, PeerId Target, Signature Signature, MessageId Id) : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Proof;
}

/// <summary>A message on its way to a peer that its origin cannot reach directly.</summary>
/// <param name="Sender">The origin of the payload, not the relay that handed it over.</param>
/// <param name="Target">Whom the payload is for.</param>
/// <param name="Json">The line as it came, which is what a relay forwards; empty when made here.</param>
public sealed record Relay(PeerId Sender, PeerId Target, Message Payload, MessageId Id, ReadOnlyMemory<byte> Json)
    : ControlMessage(Sender, Id)
{
    public override MessageType Type => MessageType.Relay;

    /// <summary>The origin's, of a RELAY that was made here for a signed network; else it stands in the line.</summary>
    public Signature? Signature { get; init; }
}

/// <summary>A well-formed line of a type that we do not know: counted and dropped, no offence.</summary>
public sealed record UnknownMessage(string TypeName) : Message
{
    public override MessageType Type => MessageType.Unknown;

    public override MessageId Key => default;
}
