using System.Text.Json.Serialization;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation;

/// <summary>Where the network comes from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlannedNetwork), "planned")]
[JsonDerivedType(typeof(LinkedNetwork), "linked")]
[JsonDerivedType(typeof(GeneratedNetwork), "generated")]
public abstract record NetworkConfig;

/// <summary>
/// A network of a <c>peers.json</c>. Loss, latency and capacity are those of its peers' settings; the links themselves
/// take no time and lose nothing.
/// </summary>
public record PlannedNetwork(NetworkPlan Plan) : NetworkConfig;

/// <summary>
/// A network whose links are what matters, such as one from an edge list: loss, latency and bandwidth are those of each
/// link, of its regions, or of its sender's settings, and the engine carries the bytes over them.
/// </summary>
public sealed record LinkedNetwork(NetworkPlan Plan) : PlannedNetwork(Plan);

/// <summary>Who is linked to whom, and how fast, in a generated network.</summary>
public enum NetworkShape
{
    /// <summary>Fitted to what KIT's monitor measured from July to November 2015, before compact blocks.</summary>
    [JsonStringEnumMemberName("bitcoin-2015")]
    Bitcoin2015,

    /// <summary>The same for June 2019.</summary>
    [JsonStringEnumMemberName("bitcoin-2019")]
    Bitcoin2019,

    /// <summary>The same for May and June 2021.</summary>
    [JsonStringEnumMemberName("bitcoin-2021")]
    Bitcoin2021,

    /// <summary>The same for November 2024 to October 2025.</summary>
    [JsonStringEnumMemberName("bitcoin-2025")]
    Bitcoin2025,

    /// <summary>SimBlock's regions, latencies and bandwidths of 2015, out-degrees of 2015.</summary>
    [JsonStringEnumMemberName("simblock-2015")]
    SimBlock2015,

    /// <summary>SimBlock's regions, latencies and bandwidths of 2019, out-degrees of 2015.</summary>
    [JsonStringEnumMemberName("simblock-2019")]
    SimBlock2019,

    /// <summary>Litecoin's shares and out-degrees on the internet of 2019.</summary>
    Litecoin,

    /// <summary>Dogecoin's shares and out-degrees on the internet of 2019.</summary>
    Dogecoin,

    /// <summary>
    /// Random regular: everyone has <see cref="GeneratedNetwork.Degree"/> links, otherwise chosen at random.
    /// </summary>
    Regular,

    /// <summary>
    /// A ring of which each link leads elsewhere with probability <see cref="GeneratedNetwork.Rewiring"/> (Watts and
    /// Strogatz, "Collective dynamics of small-world networks", 1998).
    /// </summary>
    SmallWorld,
}

/// <summary>A network drawn at random.</summary>
public sealed record GeneratedNetwork : NetworkConfig
{
    public required NetworkShape Shape { get; init; }

    /// <summary>How many peers, 2 or more.</summary>
    public required int Peers { get; init; }

    /// <summary>
    /// Links of each peer in <see cref="NetworkShape.Regular"/> and <see cref="NetworkShape.SmallWorld"/>.
    /// </summary>
    public int Degree { get; init; } = 8;

    /// <summary>
    /// Mean number of links that a peer opens in the presets, in place of the distribution's own; its form stays.
    /// </summary>
    public double? OutDegree { get; init; }

    /// <summary>Share of links that lead elsewhere in <see cref="NetworkShape.SmallWorld"/>, 0..1.</summary>
    public double Rewiring { get; init; } = 0.1;

    /// <summary>Share of peers that keep headers only, 0..1.</summary>
    public double LightShare { get; init; }

    /// <summary>Share of peers behind NAT, 0..1, in groups of <see cref="NatGroupSize"/>.</summary>
    public double NatShare { get; init; }

    /// <summary>NATed peers of one group; a gateway, which is public, comes in addition.</summary>
    public int NatGroupSize { get; init; } = 8;

    /// <summary>
    /// Shares of all blocks that the first full peers make, 0 to 1 each; empty: all make equally many. What is left up
    /// to 1 the other full peers make, equally many each; if the shares sum up to 1 or more, the others make none.
    /// </summary>
    public IReadOnlyList<double> Shares { get; init; } = [];

    /// <summary>
    /// Links of each peer that <see cref="Shares"/> names, as pools have many; fewer where there are not so many public
    /// peers. Null: as many as other peers have.
    /// </summary>
    public int? MakerLinks { get; init; }

    /// <summary>Upload and download of those peers, bits per second. Null: those of other peers.</summary>
    public long? MakerBitsPerSecond { get; init; }

    /// <summary>Share of full public peers that make blocks with false ids, 0..1.</summary>
    public double MaliciousShare { get; init; }

    /// <summary>Mean latency of a link in regular and small-world networks, one way. Presets have their own.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Upload and download of each peer in regular and small-world networks, bits per second; 0: unlimited.
    /// </summary>
    public long BitsPerSecond { get; init; } = 20_000_000;

    /// <summary>
    /// Share of peers that add a delay to each message that they send or receive: slow lines, onion addresses, busy
    /// machines. Null: the preset's, or none.
    /// </summary>
    public double? SlowShare { get; init; }

    /// <summary>
    /// The mean of that delay over the slow peers; it is drawn once for each of them, exponential. Null: the preset's, or
    /// none.
    /// </summary>
    public TimeSpan? SlowDelay { get; init; }

    /// <summary>
    /// Bits per second between two regions, of each link; 0: no limit of its own. SimBlock's source has 6 Mbit/s and
    /// never uses it.
    /// </summary>
    public long RegionBitsPerSecond { get; init; }

    /// <summary>
    /// Whether one more peer is linked to all others and only listens, as the monitors do that measure such networks:
    /// it is light, passes nothing on, and is no part of the results but those of its own.
    /// </summary>
    public bool Monitor { get; init; }

    /// <summary>Multiplies every latency.</summary>
    public double LatencyFactor { get; init; } = 1;

    /// <summary>Multiplies every bandwidth.</summary>
    public double BandwidthFactor { get; init; } = 1;

    /// <summary>Share of messages that a link loses, 0..1.</summary>
    public double Loss { get; init; }

    /// <summary>Whether blocks travel as compact blocks do in Bitcoin (BIP 152), at the preset's figures.</summary>
    public bool CompactRelay { get; init; } = true;

    /// <summary>
    /// What it takes until all peers have greeted each other and asked for headers as often as those do that join: the
    /// usual <see cref="SimulationConfig.WarmUp"/>.
    /// </summary>
    [JsonIgnore]
    public TimeSpan JoiningTakes => Peer.JoiningTakes(Settings);

    /// <summary>What the peers do; see <see cref="QuietPeers"/>.</summary>
    public PeerSettings Settings { get; init; } = QuietPeers;

    /// <summary>
    /// Peers that announce a block to all neighbours at once and do nothing without a cause: no heartbeats, no exchange
    /// of headers but on joining, no discovery, no limits. Loss and latency are the links'. An answer may take a
    /// minute,
    /// since a block may wait for a busy line; Bitcoin Core waits for ten (BLOCK_DOWNLOAD_TIMEOUT_BASE).
    /// </summary>
    public static PeerSettings QuietPeers { get; } = PeerSettings.Unlimited with
    {
        Fanout = int.MaxValue,
        GossipRounds = 1,
        TransactionInterval = TimeSpan.Zero,
        BlockInterval = TimeSpan.Zero,
        PingInterval = TimeSpan.Zero,
        SyncInterval = TimeSpan.Zero,
        Discovery = false,
        RequestTimeout = TimeSpan.FromMinutes(1),
    };
}
