using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Invariants;
using Blockchain.Simulation.Networks;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation;

/// <summary>A configuration that no run can follow.</summary>
public sealed class SimulationConfigException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Everything that is wrong, one line each.</summary>
    public IReadOnlyList<string> Problems => problems;
}

/// <summary>What a configuration may say.</summary>
public static class ConfigRules
{
    /// <summary>More would not fit the memory of any machine that this was tried on.</summary>
    private const int MaxPeers = 1_000_000;

    /// <exception cref="SimulationConfigException">It breaks a rule.</exception>
    public static void Check(SimulationConfig config)
    {
        var problems = Problems(config);
        if (problems.Count > 0)
        {
            throw new SimulationConfigException(problems);
        }
    }

    /// <summary>Everything that is wrong with it, one line each.</summary>
    public static IReadOnlyList<string> Problems(SimulationConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var problems = new ProblemList();
        CheckWorkload(config, problems);
        if (config.Network is GeneratedNetwork generated)
        {
            CheckNetwork(generated, problems);
        }

        if (config.Network is PlannedNetwork planned)
        {
            // An option may have made it so.
            foreach (var problem in planned.Plan.Peers.Select(peer => peer.Settings).Distinct()
                .Select(settings => settings.Conditions.Problem).OfType<string>().Distinct())
            {
                problems.Add($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.");
            }
        }

        var unknown = (config.Checks.Names ?? []).Except(StandardInvariants.Names);
        foreach (var name in unknown)
        {
            problems.Add(
                $"There is no invariant \"{name}\". There are: {string.Join(", ", StandardInvariants.Names)}.");
        }

        problems.Unless(config.WarmUp >= TimeSpan.Zero, "The time to warm up must not be negative.");
        problems.Unless(config.Checks.Interval >= TimeSpan.Zero, "The interval of checks must not be negative.");
        foreach (var fault in config.Faults)
        {
            FaultRules.Check(config, fault, problems);
        }

        return problems.All;
    }

    private static void CheckWorkload(SimulationConfig config, ProblemList problems)
    {
        var (workload, stop) = (config.Workload, config.Stop);
        problems.Unless(
            stop.Duration is not null || stop.Blocks is not null,
            "The run has no end: give a duration or a number of blocks.");
        problems.Unless(stop.Duration is null || stop.Duration > TimeSpan.Zero, "The duration must be above 0.");
        problems.Unless(stop.Blocks is null or > 0, "The number of blocks must be above 0.");
        problems.Unless(stop.Settle >= TimeSpan.Zero, "The time to settle must not be negative.");
        problems.Unless(
            workload.BlockInterval is null || workload.BlockInterval > TimeSpan.Zero,
            "The interval of blocks must be above 0.");
        problems.Unless(
            workload.TransactionInterval is null || workload.TransactionInterval > TimeSpan.Zero,
            "The interval of transactions must be above 0.");
        problems.Unless(workload.BlockBytes is null or > 0, "The size of a block must be above 0.");
        problems.Unless(workload.MakerSpread >= 0, "The spread of makers must not be negative.");
        problems.Unless(
            stop.Duration is not null || stop.Blocks is null || AnyoneMakesBlocks(config),
            "No peer makes blocks, so the run would never end; give a duration.");
    }

    /// <summary>
    /// Whether there is an honest full peer that makes blocks, at its own interval or the simulator's.
    /// </summary>
    private static bool AnyoneMakesBlocks(SimulationConfig config)
    {
        return config.Network switch
        {
            PlannedNetwork planned => planned.Plan.Peers.Any(
                peer => !peer.Info.Light && peer.Settings.Share > 0 && IsHonestAtTimes(peer) && RunsAtTimes(peer)
                    && HasInterval(peer.Settings)),

            // One of them is honest and full, whatever the shares are.
            GeneratedNetwork generated => HasInterval(generated.Settings),
            _ => false,
        };

        bool HasInterval(PeerSettings settings) =>
            (config.Workload.BlockInterval ?? settings.BlockInterval) > TimeSpan.Zero;

        bool IsHonestAtTimes(PeerPlan peer) =>
            !peer.Malicious || config.Faults.Any(fault => fault is Behave { Behaviour: Behaviours.Honest });

        bool RunsAtTimes(PeerPlan peer) =>
            !peer.ManualStart || config.Faults.Any(fault => fault is Start or Restart or Join or Churn);
    }

    private static void CheckNetwork(GeneratedNetwork network, ProblemList problems)
    {
        problems.Unless(
            network.Settings.AddressTable == AddressTables.Usual,
            "The shape of a network says who is whose neighbour; peers with an address table need a peers.json.");
        problems.Unless(network.Peers is >= 2 and <= MaxPeers,
            $"{network.Peers} peers are not possible; choose 2 to {MaxPeers}.");
        if (network.Shape is NetworkShape.Regular or NetworkShape.SmallWorld)
        {
            problems.Unless(
                network.Degree >= 1 && network.Degree < network.Peers,
                $"A degree of {network.Degree} is not possible with {network.Peers} peers.");
            problems.Unless(
                network.Shape != NetworkShape.SmallWorld || network.Degree % 2 == 0,
                "A small world needs an even degree, half of it to each side of the ring.");
            problems.Unless(
                network.Shape != NetworkShape.Regular || (long)network.Degree * network.Peers % 2 == 0,
                "Each link has two ends: degree times peers must be even.");
        }

        problems.Unless(
            network.OutDegree is null || (network.OutDegree > 0 && network.OutDegree < network.Peers),
            "The mean out-degree must be between 0 and the number of peers.");
        problems.Share(network.Rewiring, "share of rewired links");
        problems.Share(network.LightShare, "share of light peers");
        problems.Unless(
            network.NatGroupSize < 1 || network.LightShare is not (>= 0 and <= 1) || network.Peers < 2
                || network.Peers - Roles.LightOf(network) >= 2,
            $"With one full peer of {network.Peers} no block reaches another; leave at least two.");
        problems.Share(network.NatShare, "share of peers behind NAT");
        problems.Unless(
            network.Shares.All(share => share >= 0 && double.IsFinite(share)),
            "The shares of makers must not be negative.");
        problems.Unless(
            network.Shares.Count == 0 || network.Shares.Sum() > 0, "The shares of makers must not all be 0.");
        problems.Unless(
            network.Shares.Count <= network.Peers - Roles.LightOf(network),
            $"There are {network.Shares.Count} shares and {network.Peers - Roles.LightOf(network)} full peers.");
        problems.Unless(
            network.Shares.Count > 0 || network is { MakerLinks: null, MakerBitsPerSecond: null },
            "Links and bandwidth of makers are those of peers with shares of their own; there are none.");
        problems.Unless(network.MakerLinks is not < 1, "A maker must have at least one link.");
        problems.Unless(network.MakerBitsPerSecond is not <= 0, "The bandwidth of makers must be above 0.");
        problems.Share(network.MaliciousShare, "share of malicious peers");
        problems.Share(network.Loss, "loss");
        problems.Name(RelayRules.All, network.Settings.Relay);
        problems.Name(ForkChoices.All, network.Settings.ForkChoice);
        problems.Unless(network.NatGroupSize >= 1, "A NAT group must have at least one peer behind NAT.");
        problems.Unless(network.Latency > TimeSpan.Zero, "The latency must be above 0.");
        problems.Share(network.SlowShare ?? 0, "share of slow peers");
        problems.Unless(network.SlowDelay is not { Ticks: < 0 }, "The delay of slow peers must not be negative.");
        problems.Unless(network.RegionBitsPerSecond >= 0, "The bandwidth between regions must not be negative.");
        problems.Unless(network.BitsPerSecond >= 0, "The bandwidth must not be negative.");
        problems.Unless(network.LatencyFactor > 0, "The factor of latencies must be above 0.");
        problems.Unless(network.BandwidthFactor > 0, "The factor of bandwidths must be above 0.");
    }
}
