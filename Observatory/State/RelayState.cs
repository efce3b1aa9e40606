using Blockchain.Shared;

namespace Blockchain.Observatory.State;

/// <summary>A peer passes on messages of one peer to another.</summary>
/// <param name="Count">Messages so far.</param>
/// <param name="Last">When it last did.</param>
public sealed record RelayState(PeerId Relay, PeerId Origin, PeerId Target, long Count, TimeSpan Last);
