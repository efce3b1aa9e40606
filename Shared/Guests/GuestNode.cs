namespace Blockchain.Shared.Guests;

/// <summary>What makes a peer a guest.</summary>
/// <param name="Find">Who has a name; null: nobody.</param>
public sealed record GuestNode(IGuest Guest, Func<PeerId, PeerInfo?> Find);
