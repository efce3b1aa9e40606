using System.Globalization;
using Blockchain.Shared;
using Blockchain.Simulation.Networks;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation;

/// <summary>What an act of a configuration may say; one that could have no effect is a mistake.</summary>
internal static class FaultRules
{
    public static void Check(SimulationConfig config, Act act, ProblemList problems)
    {
        var name = $"\"{ActText.Describe(act)}\"";
        problems.Unless(act.At >= TimeSpan.Zero, $"{name}: its time must not be negative.");
        if (config.Stop.Duration is { } duration && act.At > duration + config.Stop.Settle)
        {
            problems.Add(
                $"{name}: the run is over at {Durations.Format(act.At)}; it takes {Durations.Format(duration)} "
                + $"and {Durations.Format(config.Stop.Settle)} to settle.");
        }

        foreach (var problem in RulesOf(config.Network).Problems(act))
        {
            problems.Add($"{name}: {problem}");
        }
    }

    private static ActRules RulesOf(NetworkConfig network) => network switch
    {
        PlannedNetwork { Plan: var plan } => new(
            id => plan.TryGet(id, out _), group => plan.Peers.Any(peer => peer.Info.NetworkId == group)),
        GeneratedNetwork generated => new(
            id => Exists(generated, id),
            group => generated.NatGroupSize <= 0 || group == PeerInfo.NoNetwork
                || (group >= 0 && group < Roles.GroupsOf(generated))),
        _ => new(_ => false, _ => true),
    };

    // Peers of a generated network are called by their numbers, and "05" is no other name of "5".
    private static bool Exists(GeneratedNetwork network, PeerId id) =>
        int.TryParse(id.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < network.Peers
        && id.Value == index.ToString(CultureInfo.InvariantCulture);
}
