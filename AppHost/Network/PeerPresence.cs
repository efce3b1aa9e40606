namespace Blockchain.AppHost.Network;

/// <summary>What a network counts its peers by.</summary>
internal enum PeerPresence
{
    /// <summary>It starts, has failed or was stopped; what a peer is before anything is known of it.</summary>
    Down,

    /// <summary>Its process runs and is well.</summary>
    Up,

    /// <summary>It is started by hand, and has not been.</summary>
    Waiting,
}
