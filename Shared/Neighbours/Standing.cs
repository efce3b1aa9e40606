namespace Blockchain.Shared.Neighbours;

/// <summary>What a peer has against another one: to be kept over a restart.</summary>
/// <param name="Offences">False ids that it delivered.</param>
/// <param name="BannedUntil">
/// Null: it is not banned; <see cref="TimeSpan.MaxValue"/>: for good; otherwise since the Unix epoch.
/// </param>
public sealed record Standing(PeerId Peer, int Offences, Score Score, TimeSpan? BannedUntil);
