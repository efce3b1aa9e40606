namespace Blockchain.Observatory.Maps;

/// <summary>A network as a round area.</summary>
/// <param name="NetworkId">The <c>localnetworkid</c>; <see cref="Shared.PeerInfo.NoNetwork"/>: the public
/// network.</param>
/// <param name="IsBehindNat">It has a NATed member.</param>
public sealed record MapArea(int NetworkId, bool IsBehindNat, MapPoint Centre, double Radius);
