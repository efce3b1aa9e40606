using Blockchain.Shared;

namespace Blockchain.Events.Messages;

/// <summary>A peer has a block or a transaction for the first time.</summary>
/// <param name="Via">Who delivered it; the peer itself where it made it, or had it before it was heard.</param>
/// <param name="IsMaker">Whether the peer has made it.</param>
public sealed record Arrival(PeerId Peer, TimeSpan Time, PeerId Via, bool IsMaker);
