using Blockchain.Shared;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;
using Range = Blockchain.Shared.Range<System.TimeSpan>;

namespace Blockchain.Lab.Simulate;

/// <summary>The options that change a configuration, in the order in which they do.</summary>
internal static class ConfigOptions
{
    private const char RangeSign = '-';

    public static IReadOnlyList<ConfigOption> All { get; } =
        [.. Network(), .. Peers(), .. Links(), .. Measuring(), .. Work(), .. Rest()];

    private static bool IsDrawn(NetworkShape shape) => shape is NetworkShape.Regular or NetworkShape.SmallWorld;

    private static bool IsSmallWorld(NetworkShape shape) => shape == NetworkShape.SmallWorld;

    public static bool IsMeasured(NetworkShape shape) => !IsDrawn(shape);

    private static IEnumerable<ConfigOption> Network() =>
    [
        ConfigOption.Of("--peers", "n", "Peers of a preset; 1000 by default.", (draft, text) =>
            draft.Generated(network => network with { Peers = Quantities.Count(text) })),
        ConfigOption.Of(
            "--degree", "n", "Links of each peer in regular and small-world; 8 by default.", (draft, text) =>
            draft.Generated(
                IsDrawn,
                "this preset has as many links as were measured; write --out-degree for another mean.",
                network => network with { Degree = Quantities.Count(text) })),
        ConfigOption.Of("--out-degree", "mean", "Mean number of links that a peer opens.", (draft, text) =>
            draft.Generated(
                IsMeasured,
                "this preset has equally many links for all; write --degree.",
                network => network with { OutDegree = Quantities.Number(text) })),
        ConfigOption.Of("--rewiring", "share",
            "Share of the links of a small world that lead elsewhere; 0.1 by default.", (draft, text) =>
            draft.Generated(
                IsSmallWorld,
                "only small-world has a ring that is rewired.",
                network => network with { Rewiring = Quantities.Share(text) })),
        ConfigOption.Of("--light", "share", "Peers that keep headers only: 0.3 or 30%.", (draft, text) =>
            draft.Generated(network => network with { LightShare = Quantities.Share(text) })),
        ConfigOption.Of("--nat", "share", "Peers behind NAT, in groups with a gateway each.", (draft, text) =>
            draft.Generated(network => network with { NatShare = Quantities.Share(text) })),
        ConfigOption.Of("--nat-group", "n", "Peers behind NAT in one group; 8 by default.", (draft, text) =>
            draft.Generated(network => network with { NatGroupSize = Quantities.Count(text) })),
        ConfigOption.Of("--shares", "list", "Shares of blocks of the first full peers: 0.3,0.29,12%.", (draft, text) =>
            draft.Generated(network => network with
            {
                Shares = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Quantities.Share)],
            })),
        ConfigOption.Of("--maker-links", "n", "Links of each peer that --shares names.", (draft, text) =>
            draft.Generated(network => network with { MakerLinks = Quantities.Count(text) })),
        ConfigOption.Of("--maker-bandwidth", "rate", "Of each of those, both ways: 100Mbit/s.", (draft, text) =>
            draft.Generated(network => network with { MakerBitsPerSecond = Quantities.BitRate(text) })),
        ConfigOption.Of("--malicious", "share", "Peers that make up the ids of their blocks.", (draft, text) =>
            draft.Generated(network => network with { MaliciousShare = Quantities.Share(text) })),
    ];

    private static IEnumerable<ConfigOption> Peers() =>
    [
        ConfigOption.Of("--relay", Or(RelayRules.All), "To whom a new block is announced; announce.", (draft, text) =>
        {
            var name = RelayRules.All.Known(text);
            draft.Peers(settings => settings with { Relay = name });
        }),
        ConfigOption.Of("--fork-choice", Or(ForkChoices.All), "Which equal branch wins; lowest-id.", (draft, text) =>
        {
            var name = ForkChoices.All.Known(text);
            draft.Peers(settings => settings with { ForkChoice = name });
        }),
        ConfigOption.Of("--fanout", "n", "Neighbours told of a block at a time; all in a preset.", (draft, text) =>
        {
            var fanout = Quantities.Count(text);
            draft.Peers(settings => settings with { Fanout = fanout });
        }),
        ConfigOption.Of("--heartbeat", "time", "Interval of pings; 0s: none, as in a preset.", (draft, text) =>
        {
            var interval = Quantities.Duration(text);
            draft.Peers(settings => settings with { PingInterval = interval });
        }),
    ];

    private static IEnumerable<ConfigOption> Links() =>
    [
        ConfigOption.Of("--loss", "share", "Messages lost on the way.", (draft, text) =>
        {
            var loss = Quantities.Share(text);
            draft.Links(network => network with { Loss = loss }, settings => settings with { DropProbability = loss });
        }),
        ConfigOption.Of(
            "--latency", "time|xN", "Mean of a link; 20ms-100ms with a peers.json; x2: twice a preset's.", Latency),
        ConfigOption.Of(
            "--bandwidth",
            "rate|xN",
            "Of each peer, both ways: 20Mbit/s; 0: no limit; x0.5: half of a preset's.",
            Bandwidth),
    ];

    private static IEnumerable<ConfigOption> Measuring() =>
    [
        ConfigOption.Of(
            "--region-bandwidth",
            "rate",
            "Of each link between two regions of a preset; none by default.",
            (draft, text) =>
            {
                var rate = Quantities.BitRate(text);
                draft.Generated(
                    IsMeasured,
                    "this preset has no regions.",
                    network => network with { RegionBitsPerSecond = rate });
            }),
        ConfigOption.Of("--slow-peers", "share", "Peers that add a delay to each message.", (draft, text) =>
        {
            var share = Quantities.Share(text);
            draft.Generated(network => network with { SlowShare = share });
        }),
        ConfigOption.Of("--slow-delay", "time", "The mean of that delay over the slow peers.", (draft, text) =>
        {
            var delay = Quantities.Duration(text);
            draft.Generated(network => network with { SlowDelay = delay });
        }),
        ConfigOption.Of("--monitor", "yes|no", "Add a peer that is linked to all and only listens.", (draft, text) =>
        {
            var isOn = text switch
            {
                "yes" => true,
                "no" => false,
                _ => throw new FormatException($"\"{text}\" is not possible; write yes or no."),
            };
            draft.Generated(network => network with { Monitor = isOn });
        }),
    ];

    private static IEnumerable<ConfigOption> Work() =>
    [
        ConfigOption.Of("--block-interval", "time", "Mean time between two blocks of the network.", (draft, text) =>
            draft.Workload(work => work with { BlockInterval = Quantities.Interval(text) })),
        ConfigOption.Of("--block-size", "bytes", "Bytes of a block on a link: 535kB.", (draft, text) =>
            draft.Workload(work => work with { BlockBytes = Quantities.Bytes(text) })),
        ConfigOption.Of("--tx-interval", "time", "Mean time between two transactions of the network.", (draft, text) =>
            draft.Workload(work => work with { TransactionInterval = Quantities.Interval(text) })),
        ConfigOption.Of("--arrivals", "exponential|periodic", "How the times between them are drawn.", (draft, text) =>
            draft.Workload(work => work with
            {
                Arrivals = text switch
                {
                    "exponential" => Arrivals.Exponential,
                    "periodic" => Arrivals.Periodic,
                    _ => throw new FormatException($"\"{text}\" is not possible; write exponential or periodic."),
                },
            })),
        ConfigOption.Of("--maker-spread", "share", "Standard deviation of the makers' weights.", (draft, text) =>
            draft.Workload(work => work with { MakerSpread = Quantities.Number(text) })),
    ];

    private static IEnumerable<ConfigOption> Rest() =>
    [
        ConfigOption.Of("--blocks", "n", "End after this many blocks; 100 in a preset.", (draft, text) =>
            draft.Stop(stop => stop with { Blocks = Quantities.Count(text) })),
        ConfigOption.Of("--for", "time", "End after this virtual time; 10min with a peers.json.", (draft, text) =>
            draft.Stop(stop => stop with { Duration = Quantities.Interval(text) })),
        ConfigOption.Of("--warm-up", "time", "Time before zero in which the peers join; 5min in a preset.", (draft,
            text) =>
            draft.Change(config => config with { WarmUp = Quantities.Duration(text) })),
        ConfigOption.Of("--settle", "time", "Time at the end for the last blocks to spread; 1min by default.", (draft,
            text) =>
            draft.Stop(stop => stop with { Settle = Quantities.Duration(text) })),
        ConfigOption.Of("--seed", "n", "Everything random follows from it; 1 by default.", (draft, text) =>
            draft.Change(config => config with { Seed = Quantities.Seed(text) })),
        ConfigOption.Of("--fault", "text", "What goes wrong, as often as you like: \"at 2min kill 20%\".", (draft,
            text) =>
            draft.Change(config => config with { Faults = [.. config.Faults, Fault(text)] })),
        ConfigOption.Of("--check", "names", "Invariants to check, with commas between them; all; none.", Checks),
    ];

    private static string Or(Registry names) => string.Join('|', names.Names);

    private static void Latency(SimulationDraft draft, string text)
    {
        if (Quantities.TryFactor(text, out var factor))
        {
            draft.Generated(network => network with { LatencyFactor = factor });
            return;
        }

        if (draft.Config.Network is GeneratedNetwork)
        {
            var mean = Quantities.Interval(text);
            draft.Generated(
                IsDrawn,
                "this preset has the latencies of its regions; write for example x2 for twice as much.",
                network => network with { Latency = mean });
            return;
        }

        var ends = text.Split(RangeSign).Select(Quantities.Duration).ToArray();
        if (ends.Length > 2 || ends[0] > ends[^1])
        {
            throw new FormatException($"\"{text}\" is not a range; write for example 20ms-100ms.");
        }

        draft.Peers(settings => settings with
        {
            Latency = new Range(ends[0], ends[^1]), LatencyShape = LatencyShape.Uniform,
        });
    }

    private static void Bandwidth(SimulationDraft draft, string text)
    {
        if (Quantities.TryFactor(text, out var factor))
        {
            draft.Generated(network => network with { BandwidthFactor = factor });
            return;
        }

        var rate = Quantities.BitRate(text);
        draft.Generated(
            IsDrawn,
            "this preset has the bandwidths of its regions; write for example x0.5 for half of it.",
            network => network with { BitsPerSecond = rate });
    }

    private static Act Fault(string text)
    {
        try
        {
            return ActText.Parse(text);
        }
        catch (ActSyntaxException error)
        {
            throw new FormatException($"column {error.Column} of \"{text}\": {error.Message}");
        }
    }

    private static void Checks(SimulationDraft draft, string text) => draft.Checks(checks => checks with
    {
        Names = text switch
        {
            "all" => null,
            "none" => [],
            _ => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        },
    });
}
