using Blockchain.Shared;

namespace Blockchain.Observatory.Maps;

/// <summary>Two peers that can open connections to each other.</summary>
/// <param name="Relays">Messages of others have just passed here.</param>
public sealed record LinkMark(PeerId One, PeerId Other, MapPoint From, MapPoint To, LinkLook Look, bool Relays);
