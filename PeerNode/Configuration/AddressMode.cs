namespace Blockchain.PeerNode.Configuration;

/// <summary>Which addresses the peers of the file listen on and dial from.</summary>
public enum AddressMode
{
    /// <summary>On one machine, each peer on a loopback address of its own.</summary>
    Own,

    /// <summary>On one machine, all on 127.0.0.1; who a connection belongs to is told by its first HELLO.</summary>
#pragma warning disable CA1720 // It is the option's word, and no number is near.
    Single,
#pragma warning restore CA1720

    /// <summary>As the file says: on several machines.</summary>
    File,

    /// <summary>
    /// Where service discovery finds them, in containers whose addresses nobody knows in advance. The addresses of the
    /// file are mere names by which the peers are told apart.
    /// </summary>
    Discovered,
}
