namespace Blockchain.Shared;

/// <summary>What one peer may know of another: where it listens and what it is. HELLO and PEERS carry it.</summary>
/// <param name="Id">The peer's name.</param>
/// <param name="Ip">The address that it listens on and dials from.</param>
/// <param name="Port">Its P2P port.</param>
/// <param name="Nat">Reachable only from inside its own group, and reaching only its group.</param>
/// <param name="Light">Keeps headers only.</param>
/// <param name="NetworkId">The <c>localnetworkid</c> of its group; <see cref="NoNetwork"/> for none.</param>
public sealed record PeerInfo(PeerId Id, string Ip, int Port, bool Nat, bool Light, int NetworkId)
{
    public const int NoNetwork = -1;
}
