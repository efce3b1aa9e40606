namespace Blockchain.Shared.Neighbours;

/// <summary>What a peer holds against a neighbour, as it is remembered over a restart.</summary>
/// <param name="Peer">The neighbour.</param>
/// <param name="Offences">What is counted against it.</param>
/// <param name="Time">When that was counted, since the Unix epoch.</param>
/// <param name="BannedUntil">Since the Unix epoch; zero: not banned; <see cref="TimeSpan.MaxValue"/>: for good.</param>
public sealed record NeighbourRecord(PeerId Peer, double Offences, TimeSpan Time, TimeSpan BannedUntil)
{
    public bool IsBanned => BannedUntil > TimeSpan.Zero;
}
