using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

// Messages are too many to tell of each: these say how many of a kind there were since the last such event.

/// <summary>Messages went no further.</summary>
public sealed record MessagesDropped(TimeSpan Time, PeerId Peer, MessageType Type, DropReason Reason, long Count)
    : PeerEvent(Time, Peer);

/// <summary>Messages arrived that told nothing new.</summary>
public sealed record MessagesRedundant(TimeSpan Time, PeerId Peer, MessageType Type, long Count)
    : PeerEvent(Time, Peer);

/// <summary>Messages arrived, useful or not.</summary>
public sealed record MessagesReceived(TimeSpan Time, PeerId Peer, MessageType Type, long Count)
    : PeerEvent(Time, Peer);

/// <summary>The peer passed on messages of one peer to another.</summary>
public sealed record MessagesRelayed(TimeSpan Time, PeerId Peer, PeerId Origin, PeerId Target, long Count)
    : PeerEvent(Time, Peer);
