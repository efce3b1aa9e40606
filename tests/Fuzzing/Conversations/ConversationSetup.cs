using System.Globalization;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>What kind of peer the conversation is with: the first line of a case.</summary>
/// <param name="Seed">Of the peer and of its world.</param>
/// <param name="Light">A light peer.</param>
/// <param name="Tight">All limits are so low that a conversation meets them.</param>
internal sealed record ConversationSetup(ulong Seed, bool Light, bool Tight)
{
    public const string Self = "me";

    /// <summary>Neighbours that say nothing until the end, when they must be served as ever.</summary>
    public static readonly string[] Honest = ["h", "k"];

    /// <summary>Neighbours that say anything. The last one is light.</summary>
    public static readonly string[] Neighbours = ["a", "b", "c"];

    /// <summary>In a network that only <c>b</c> leads to.</summary>
    public const string Far = "far";

    private const int FarNetwork = 2;

    public static IEnumerable<PeerInfo> Known =>
    [
        .. Honest.Concat(Neighbours).Select(Info),
        Info(Far) with { Nat = true, NetworkId = FarNetwork },
    ];

    public PeerPlan Plan => new() { Info = Info(Self) with { Light = Light }, Settings = Tight ? Low : Usual };

    private static PeerSettings Usual => PeerSettings.Default with { DropProbability = 0 };

    private static PeerSettings Low => Usual with
    {
        PoolLimit = 12,
        PoolBytes = 6_000,
        OrphanLimit = 5,
        SeenLimit = 40,
        SeenFor = TimeSpan.FromSeconds(20),
        QueueLimit = 5,
        InboundLimit = new RateLimit(60, TimeSpan.FromSeconds(5)),
        BlockTransactionLimit = 3,
    };

    /// <summary>From the name follows all else that a peer says of itself.</summary>
    public static PeerInfo Info(string name) => new(
        new PeerId(name), Address(name), 5000, Nat: false, Light: name == "c", name == "b" ? FarNetwork : -1);

    public static string Address(string name) =>
        name.StartsWith('@') ? $"127.9.0.{name[1..]}" : $"127.1.0.{name.Sum(letter => letter) % 250}";

    public static ConversationSetup Parse(string line)
    {
        var words = line.Split(' ');
        return new ConversationSetup(
            words.Length > 1 && ulong.TryParse(words[1], CultureInfo.InvariantCulture, out var seed) ? seed : 0,
            words.Contains("light"),
            words.Contains("tight"));
    }

    public override string ToString() => $"peer {Seed}{(Light ? " light" : "")}{(Tight ? " tight" : "")}";
}
