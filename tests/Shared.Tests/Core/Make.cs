using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>Short ways to say which peers, settings, blocks and messages a test is about.</summary>
internal static class Make
{
    /// <summary>Nothing happens by itself, nothing is limited, lost or late.</summary>
    public static PeerSettings Quiet { get; } = PeerSettings.Unlimited with
    {
        TransactionInterval = TimeSpan.Zero,
        BlockInterval = TimeSpan.Zero,
        PingInterval = TimeSpan.Zero,
        SyncInterval = TimeSpan.Zero,
        Discovery = false,
    };

    public static SaltedIds Salted { get; } = new(new SeededRandom(1));

    /// <summary>Any two numbers give two ids.</summary>
    public static MessageId Id(int number) => new((UInt128)(number + 1) << 64);

    public static Hash256 Hash(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>A peer whose address follows from its name.</summary>
    public static PeerInfo Info(
        string id, bool nat = false, bool light = false, int network = PeerInfo.NoNetwork) =>
        new(new PeerId(id), Address(id), 5000, nat, light, network);

    public static PeerPlan Plan(PeerInfo info, PeerSettings? settings = null) =>
        new() { Info = info, Settings = settings ?? Quiet };

    public static PeerInfo[] Infos(int count) => [.. Enumerable.Range(0, count).Select(i => Info($"p{i:00}"))];

    public static BlockHeader Header(string name, string? parent = null) =>
        new(new PeerId("maker"), 1, Hash(name), parent is null ? Hash256.Genesis : Hash(parent));

    public static Block Block(string name, string? parent = null, bool valid = true, params string[] transactions) =>
        new(Header(name, parent), [.. transactions.Select(Hash)], new int[2 * transactions.Length], default, valid);

    public static Transaction Transaction(string name, bool valid = true) => new(Hash(name), default, valid);

    private static string Address(string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return $"127.{hash[0]}.{hash[1]}.{hash[2]}";
    }
}
