namespace Blockchain.NodeApi;

/// <summary>Another peer as a node sees it.</summary>
/// <param name="Status">ALIVE, UNREACHABLE or UNKNOWN.</param>
public sealed record KnownPeer(string PeerId, string Ip, int Port, string Status, bool Nat, bool Light);

public sealed record PeerFlags(bool Nat, bool Light);

/// <summary>A peer as the file has it.</summary>
public sealed record PeerConfig(
    string Ip, int Port, int Fanout, bool Nat, bool Light, int Localnetworkid, bool Malicious);
