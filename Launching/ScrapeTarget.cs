using Blockchain.Shared;

namespace Blockchain.Launching;

/// <summary>A node whose metrics are to be fetched.</summary>
/// <param name="Address"><c>host:port</c> of its HTTP endpoint, as the one who fetches sees it.</param>
public sealed record ScrapeTarget(PeerInfo Peer, string Address);
