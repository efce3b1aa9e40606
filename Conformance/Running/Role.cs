using Blockchain.Shared;

namespace Blockchain.Conformance.Running;

/// <summary>A peer that the harness plays.</summary>
internal enum Role
{
    /// <summary>Public full peers of the file.</summary>
    A,
    B,
    C,

    /// <summary>A light peer of the file.</summary>
    Light,

    /// <summary>Behind the NAT of network 2.</summary>
    Hidden,

    /// <summary>Public, and of network 2: the way to <see cref="Hidden"/>.</summary>
    Gateway,

    /// <summary>Public, and of network 1.</summary>
    Inside,

    /// <summary>Not in the file, and no peer until it says HELLO.</summary>
    Newcomer,

    /// <summary>Not in the file.</summary>
    Stranger,
}

internal static class Roles
{
    public const int OwnNetwork = 1;
    private const int OtherNetwork = 2;

    public static PeerInfo Info(Role role, PeerId id, string ip, int port) => role switch
    {
        Role.Light => new PeerInfo(id, ip, port, Nat: false, Light: true, PeerInfo.NoNetwork),
        Role.Hidden => new PeerInfo(id, ip, port, Nat: true, Light: false, OtherNetwork),
        Role.Gateway => new PeerInfo(id, ip, port, Nat: false, Light: false, OtherNetwork),
        Role.Inside => new PeerInfo(id, ip, port, Nat: false, Light: false, OwnNetwork),
        _ => new PeerInfo(id, ip, port, Nat: false, Light: false, PeerInfo.NoNetwork),
    };

    public static bool IsInFile(Role role) => role is not (Role.Newcomer or Role.Stranger);
}
