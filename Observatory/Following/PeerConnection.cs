using Blockchain.Shared;

namespace Blockchain.Observatory.Following;

/// <summary>How it stands with following one peer.</summary>
/// <param name="Failures">Attempts in a row that failed.</param>
/// <param name="Problem">Why the last one did; null before the first.</param>
public sealed record PeerConnection(PeerId Peer, ConnectionState State, int Failures, string? Problem);
