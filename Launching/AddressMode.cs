using System.Diagnostics.CodeAnalysis;

namespace Blockchain.Launching;

/// <summary>Where the peers of a local network listen.</summary>
public enum AddressMode
{
    /// <summary>Each on its own address in 127.0.0.0/8, by which the others recognise it.</summary>
    Own,

    /// <summary>All on 127.0.0.1, for machines that have no other loopback address; HELLO tells who is who.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "One address, not a float.")]
    Single,
}
