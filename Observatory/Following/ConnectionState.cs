namespace Blockchain.Observatory.Following;

public enum ConnectionState
{
    Connecting,

    /// <summary>Its events come in.</summary>
    Following,

    /// <summary>It does not answer, or no longer; the next attempt comes by itself.</summary>
    Waiting,
}
