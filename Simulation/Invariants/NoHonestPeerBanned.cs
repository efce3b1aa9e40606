namespace Blockchain.Simulation.Invariants;

/// <summary>Nobody is banned who has not been malicious.</summary>
public sealed class NoHonestPeerBanned : IBanInvariant
{
    public string Name => "no-honest-peer-banned";

    public string? OnBanned(SimulatedPeer peer, SimulatedPeer banned)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(banned);
        return banned.IsHonest ? $"{peer.Id} banned {banned.Id}" : null;
    }
}
