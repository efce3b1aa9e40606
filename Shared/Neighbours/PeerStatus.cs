namespace Blockchain.Shared.Neighbours;

public enum PeerStatus
{
    /// <summary>Known by name only; never heard of.</summary>
    Unknown,
    Alive,

    /// <summary>Silent for too long.</summary>
    Unreachable,
}
