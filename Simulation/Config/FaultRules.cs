using System.Globalization;
using Blockchain.Shared;
using Blockchain.Simulation.Faults;
using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation;

/// <summary>What a fault may say; one that could have no effect is a mistake.</summary>
internal static class FaultRules
{
    public static void Check(SimulationConfig config, Fault fault, ProblemList problems)
    {
        var name = fault.GetType().Name;
        CheckTimes(config.Stop, fault, name, problems);
        switch (fault)
        {
            case LossBurst burst:
                problems.Share(burst.Loss, "loss of a burst");
                break;
            case Churn churn:
                problems.Unless(
                    churn.MeanUp > TimeSpan.Zero && churn.MeanDown > TimeSpan.Zero,
                    "Churn: the mean times must be above 0.");
                break;
            case CutOffNetwork cut:
                CheckGroup(config.Network, cut.NetworkId, name, problems);
                break;
        }

        if (fault is PeerFault { Peers: var choice })
        {
            problems.Share(choice.Share, $"share of peers of {name}");
            foreach (var id in choice.Ids.Where(id => !Exists(config.Network, id)))
            {
                problems.Add($"{name}: there is no peer \"{id}\".");
            }

            if (choice.NetworkId is { } group)
            {
                CheckGroup(config.Network, group, name, problems);
            }
        }
    }

    private static void CheckTimes(StopCondition stop, Fault fault, string name, ProblemList problems)
    {
        problems.Unless(fault.At >= TimeSpan.Zero, $"{name}: its time must not be negative.");
        var until = fault switch
        {
            Churn churn => churn.Until,
            LossBurst burst => burst.Until,
            Pause pause => pause.Until,
            _ => TimeSpan.MaxValue,
        };
        problems.Unless(until > fault.At, $"{name}: it ends before it begins.");
        if (stop.Duration is { } duration && fault.At > duration + stop.Settle)
        {
            problems.Add(
                $"{name}: the run is over at {Durations.Format(fault.At)}; it takes {Durations.Format(duration)} "
                + $"and {Durations.Format(stop.Settle)} to settle.");
        }
    }

    private static void CheckGroup(NetworkConfig network, int group, string name, ProblemList problems)
    {
        var exists = network switch
        {
            PlannedNetwork planned => planned.Plan.Peers.Any(peer => peer.Info.NetworkId == group),
            GeneratedNetwork { NatGroupSize: > 0 } generated =>
                group == PeerInfo.NoNetwork || (group >= 0 && group < Roles.GroupsOf(generated)),
            _ => true,
        };
        problems.Unless(exists, $"{name}: there is no group {group}.");
    }

    // Peers of a generated network are called by their numbers, and "05" is no other name of "5".
    private static bool Exists(NetworkConfig network, PeerId id) => network switch
    {
        PlannedNetwork planned => planned.Plan.TryGet(id, out _),
        GeneratedNetwork generated =>
            int.TryParse(id.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < generated.Peers
            && id.Value == index.ToString(CultureInfo.InvariantCulture),
        _ => false,
    };
}
