namespace Blockchain.Lab.Network;

/// <summary>Another peer as a node sees it at <c>/peers</c>.</summary>
/// <param name="Status">"ALIVE", "UNREACHABLE" or "UNKNOWN".</param>
public sealed record KnownPeer(string PeerId, string Ip, int Port, string Status, bool Nat, bool Light)
{
    public bool IsAlive => Status == "ALIVE";
}
