using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Networks;

/// <summary>Draws a network: who is what, who is linked to whom, and how fast the links are.</summary>
internal static class NetworkGenerator
{
    private const int FirstPort = 5_000;
    private const double BitsPerByte = 8;

    /// <param name="config">Its seed and block size count too.</param>
    public static BuiltNetwork Generate(GeneratedNetwork network, SimulationConfig config)
    {
        // A stream for each question, so that more light peers, say, do not move the links.
        var roles = Roles.Draw(network, Stream(config, 1));
        var graph = Graph(network, roles, Stream(config, 2));
        var places = Stream(config, 3);
        var lines = new Lines(network);
        var shares = new MakerShares(network, roles);
        if (network.MakerLinks is { } links)
        {
            LinkMakers(graph, [.. shares.Makers.Intersect(roles.Public)], roles.Public, links, Stream(config, 4));
        }

        var infos = new PeerInfo[network.Peers];
        for (var i = 0; i < infos.Length; i++)
        {
            infos[i] = new PeerInfo(
                new PeerId($"{i}"), Address(i), FirstPort, roles.IsNated(i), roles.IsLight(i), roles.GroupOf(i));
        }

        var peers = new BuiltPeer[network.Peers];
        for (var i = 0; i < peers.Length; i++)
        {
            var plan = new PeerPlan
            {
                Info = infos[i],
                Settings = shares.SettingsOf(i),
                Malicious = roles.IsMalicious(i),
                Knows = graph[i].ConvertAll(neighbour => infos[neighbour].Id),
            };
            var line = lines.Next(places, isMaker: shares.IsMaker(i));
            peers[i] = new BuiltPeer(
                plan with { Region = lines.NameOf(line.Region) },
                graph[i].ConvertAll(neighbour => infos[neighbour]),
                line);
        }

        return new BuiltNetwork(
            network.Monitor ? Monitor.Beside(peers) : peers,
            new LinkModel(lines.Figures(config.Workload.BlockBytes)));
    }

    private static List<int>[] Graph(GeneratedNetwork network, Roles roles, SeededRandom random)
    {
        // NATed peers know their group only; the graph is that of the public ones.
        var members = roles.Public;
        var among = network.Shape switch
        {
            NetworkShape.Regular => GraphGenerator.Regular(
                members.Count, EvenEnough(Math.Min(network.Degree, members.Count - 1), members.Count), random),
            NetworkShape.SmallWorld => GraphGenerator.SmallWorld(
                members.Count, Math.Min(network.Degree, (members.Count - 1) / 2 * 2), network.Rewiring, random),
            _ => GraphGenerator.ByOutDegree(
                Preset.Of(network.Shape).OutDegrees(members.Count, network.OutDegree, random), random),
        };
        var graph = new List<int>[network.Peers];
        for (var i = 0; i < members.Count; i++)
        {
            graph[members[i]] = among[i].ConvertAll(neighbour => members[neighbour]);
        }

        foreach (var group in roles.Groups)
        {
            LinkAll(graph, group);
        }

        return graph;
    }

    /// <summary>More links for the makers, to others at random.</summary>
    private static void LinkMakers(
        List<int>[] graph, int[] makers, IReadOnlyList<int> members, int links, SeededRandom random)
    {
        var others = members.ToArray();
        foreach (var maker in makers)
        {
            random.ShuffleFront(others, others.Length);
            foreach (var other in others)
            {
                if (graph[maker].Count >= links)
                {
                    break;
                }

                GraphGenerator.TryLink(graph, maker, other);
            }
        }
    }

    private static void LinkAll(List<int>[] graph, List<int> group)
    {
        foreach (var member in group)
        {
            graph[member] ??= [];
        }

        for (var i = 0; i < group.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                GraphGenerator.TryLink(graph, group[i], group[j]);
            }
        }
    }

    /// <summary>Each link has two ends, so that an odd number of peers cannot all have an odd degree.</summary>
    private static int EvenEnough(int degree, int peers) => degree * peers % 2 == 0 ? degree : degree - 1;

    /// <summary>One address for each peer, in 10.0.0.0/8.</summary>
    private static string Address(int index) => $"10.{(index >> 16) & 255}.{(index >> 8) & 255}.{index & 255}";

    private static SeededRandom Stream(SimulationConfig config, ulong question) =>
        new(config.Seed + (question * 0xD1B5_4A32_D192_ED03));

    /// <summary>Deals out regions and bandwidths.</summary>
    private sealed class Lines(GeneratedNetwork network)
    {
        private readonly Preset? _preset = Preset.Find(network.Shape);

        private double Pace => _preset?.Fitted?.Pace ?? 1;

        public LinkEnd Next(SeededRandom random, bool isMaker)
        {
            double? ofMaker = isMaker && network.MakerBitsPerSecond is { } rate ? TicksPerByte(rate) : null;
            if (_preset is null)
            {
                var ticks = ofMaker ?? TicksPerByte(network.BitsPerSecond);
                return new LinkEnd { UploadTicks = ticks, DownloadTicks = ticks, DelayTicks = Delay(random) };
            }

            var region = _preset.Region(random.NextDouble());
            var isSteady = !random.Chance(_preset.Block.ChurnShare);
            return new LinkEnd
            {
                Region = region,
                UploadTicks = ofMaker ?? TicksPerByte(_preset.Upload[region]),
                DownloadTicks = ofMaker ?? TicksPerByte(_preset.Download[region]),
                UsesCompactRelay = random.Chance(_preset.Block.CompactUseShare),
                CompactFailure = isSteady ? _preset.Block.CompactFailureSteady : _preset.Block.CompactFailureChurn,
                DelayTicks = Delay(random),
            };
        }

        /// <summary>Null in networks without regions.</summary>
        public string? NameOf(int region) => _preset is null ? null : InternetFigures.Default.Regions[region];

        public LinkFigures Figures(int? blockBytes) => _preset is null
            ? new LinkFigures
            {
                Latency = new LatencyTable([[network.Latency.TotalMilliseconds]], network.LatencyFactor),
                Loss = network.Loss,
                BlockBytes = blockBytes,
            }
            : new LinkFigures
            {
                Latency = new LatencyTable(_preset.LatencyMs, network.LatencyFactor * Pace),
                InterRegionTicks = TicksPerByte(network.RegionBitsPerSecond),
                ControlTicks = Ticks(_preset.Block.ControlMessageExtraMs),
                BlockTicks = Ticks(_preset.Block.ProcessingMs),
                Loss = network.Loss,
                BlockBytes = blockBytes ?? _preset.Block.Bytes,

                // Where compact blocks are sent in earnest, they are no part of the model.
                CompactBytes = network.CompactRelay && _preset.Fitted is not { Compact: false }
                    && network.Settings.Relay != RelayRules.Compact
                        ? _preset.Block.CompactBytes
                        : null,
                RepairShare = _preset.Block.CompactRepairShare,
            };

        private double TicksPerByte(double bitsPerSecond) => bitsPerSecond > 0
            ? BitsPerByte * TimeSpan.TicksPerSecond * Pace / (bitsPerSecond * network.BandwidthFactor)
            : 0;

        /// <summary>Nothing is drawn where no peer is slow.</summary>
        private long Delay(SeededRandom random)
        {
            var share = network.SlowShare ?? _preset?.Fitted?.SlowShare ?? 0;
            var mean = network.SlowDelay?.TotalMilliseconds ?? _preset?.Fitted?.SlowDelayMs ?? 0;
            return share > 0 && random.Chance(share) ? Ticks(mean * PortableMath.Exponential(random.NextDouble())) : 0;
        }

        private static long Ticks(double milliseconds) => (long)(milliseconds * TimeSpan.TicksPerMillisecond);
    }
}
