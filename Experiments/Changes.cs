using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;

namespace Blockchain.Experiments;

/// <summary>How the value of a parameter gets into a configuration.</summary>
internal static class Changes
{
    /// <summary>How long a peer that comes and goes stays, on the average.</summary>
    public static readonly TimeSpan MeanUp = TimeSpan.FromSeconds(60);

    /// <summary>How long it stays away.</summary>
    public static readonly TimeSpan MeanDown = TimeSpan.FromSeconds(30);

    public static SimulationConfig Fanout(SimulationConfig config, double value) =>
        WithSettings(config, settings => settings with { Fanout = (int)value });

    /// <param name="place">Of the rule among all of them.</param>
    public static SimulationConfig Relay(SimulationConfig config, double place) =>
        WithSettings(config, settings => settings with { Relay = RelayRules.All.Names[(int)place] });

    public static SimulationConfig Capacity(SimulationConfig config, double value) =>
        WithSettings(config, settings => settings with { Capacity = new Range<double>(value, value) });

    /// <summary>Of links where the network has any, else of the peers' way out.</summary>
    public static SimulationConfig Loss(SimulationConfig config, double value) => config.Network is GeneratedNetwork
        ? Generated(config, network => network with { Loss = value })
        : WithSettings(config, settings => settings with { DropProbability = value });

    public static SimulationConfig Latency(SimulationConfig config, double factor) => config.Network is GeneratedNetwork
        ? Generated(config, network => network with { LatencyFactor = network.LatencyFactor * factor })
        : WithSettings(config, settings => settings with
        {
            Latency = new Range<TimeSpan>(settings.Latency.Min * factor, settings.Latency.Max * factor),
        });

    public static SimulationConfig Peers(SimulationConfig config, double value) => Generated(config, network =>
    {
        var peers = (int)value;
        var degree = Math.Min(network.Degree, peers - 1);

        // Each link has two ends, and a small world as many to each side.
        var isOdd = network.Shape == NetworkShape.SmallWorld ? degree % 2 != 0 : (long)degree * peers % 2 != 0;
        return network with { Peers = peers, Degree = isOdd ? degree - 1 : degree };
    });

    public static SimulationConfig BlockKilobytes(SimulationConfig config, double value) =>
        config with { Workload = config.Workload with { BlockBytes = (int)(value * 1_000) } };

    public static SimulationConfig NatShare(SimulationConfig config, double value) =>
        Generated(config, network => network with { NatShare = value });

    public static SimulationConfig LightShare(SimulationConfig config, double value) =>
        Generated(config, network => network with { LightShare = value });

    /// <summary>
    /// Where the network is planned, the share is drawn at the start from those that are honest in the plan.
    /// </summary>
    public static SimulationConfig MaliciousShare(SimulationConfig config, double value) =>
        config.Network is GeneratedNetwork
        ? Generated(config, network => network with { MaliciousShare = value })
        : WithFault(config, new Behave(TimeSpan.Zero, PeerChoice.ShareOf(value)));

    /// <summary>
    /// Peers come and go until the last block is made; for that moment to be known, the run ends by time, and not by
    /// the number of blocks.
    /// </summary>
    public static SimulationConfig ChurnShare(SimulationConfig config, double value)
    {
        var end = End(config);
        var churn = new Churn(TimeSpan.Zero, PeerChoice.ShareOf(value), MeanUp, MeanDown) { For = end };
        return WithFault(config, churn) with { Stop = config.Stop with { Duration = end, Blocks = null } };
    }

    public static SimulationConfig Blocks(SimulationConfig config, int blocks) =>
        config with { Stop = config.Stop with { Blocks = blocks } };

    private static SimulationConfig Generated(
        SimulationConfig config, Func<GeneratedNetwork, GeneratedNetwork> change) =>
        config with { Network = change((GeneratedNetwork)config.Network) };

    private static SimulationConfig WithSettings(SimulationConfig config, Func<PeerSettings, PeerSettings> change) =>
        config.Network switch
        {
            GeneratedNetwork => Generated(config, network => network with { Settings = change(network.Settings) }),
            PlannedNetwork planned => config with
            {
                Network = planned with { Plan = planned.Plan.WithSettings(change) },
            },
            _ => throw new ArgumentException("An unknown kind of network.", nameof(config)),
        };

    private static SimulationConfig WithFault(SimulationConfig config, Act fault) =>
        config with { Faults = [.. config.Faults, fault] };

    /// <summary>When as many blocks are to be expected as the run shall have.</summary>
    private static TimeSpan End(SimulationConfig config)
    {
        var longest = config.Stop.Duration ?? TimeSpan.MaxValue;
        return config.Stop.Blocks is { } blocks && BlocksPerSecond(config) is > 0 and var rate
            && blocks / rate < longest.TotalSeconds
                ? TimeSpan.FromSeconds(blocks / rate)
                : longest;
    }

    private static double BlocksPerSecond(SimulationConfig config) =>
        (config.Workload.BlockInterval, config.Network) switch
        {
            ({ } interval, _) => 1 / interval.TotalSeconds,
            (_, PlannedNetwork planned) => planned.Plan.Peers
                .Where(peer => !peer.Info.Light && !peer.Malicious && peer.Settings.BlockInterval > TimeSpan.Zero)
                .Sum(peer => 1 / peer.Settings.BlockInterval.TotalSeconds),
            _ => 0,
        };
}
