namespace Blockchain.Observatory.State;

/// <summary>Whether a peer is there, as far as anybody has heard.</summary>
public enum Presence
{
    /// <summary>Planned or named by others; it has never been heard itself.</summary>
    Unknown,
    Up,
    Down,
}
