using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Lab.Simulate;

/// <summary>
/// A configuration that options still change. A change that does not fit the network throws
/// <see cref="FormatException"/> with the reason.
/// </summary>
internal sealed class SimulationDraft(SimulationConfig start)
{
    public SimulationConfig Config { get; private set; } = start;

    public void Change(Func<SimulationConfig, SimulationConfig> change) => Config = change(Config);

    public void Workload(Func<WorkloadConfig, WorkloadConfig> change) =>
        Config = Config with { Workload = change(Config.Workload) };

    public void Stop(Func<StopCondition, StopCondition> change) =>
        Config = Config with { Stop = change(Config.Stop) };

    public void Checks(Func<CheckConfig, CheckConfig> change) =>
        Config = Config with { Checks = change(Config.Checks) };

    /// <summary>Changes a network that is drawn at random.</summary>
    public void Generated(Func<GeneratedNetwork, GeneratedNetwork> change) => Config = Config with
    {
        Network = Config.Network is GeneratedNetwork network
            ? change(network)
            : throw new FormatException("this option is for a --preset; a peers.json says it itself."),
    };

    /// <summary>Changes a network of one of some shapes; the others would not look at it.</summary>
    /// <param name="otherwise">What is said of the others.</param>
    public void Generated(
        Func<NetworkShape, bool> isMeant, string otherwise, Func<GeneratedNetwork, GeneratedNetwork> change) =>
        Generated(network => isMeant(network.Shape) ? change(network) : throw new FormatException(otherwise));

    /// <summary>Changes what all peers do.</summary>
    public void Peers(Func<PeerSettings, PeerSettings> change) => Config = Config with
    {
        Network = Config.Network switch
        {
            GeneratedNetwork network => network with { Settings = change(network.Settings) },
            PlannedNetwork planned => planned with { Plan = planned.Plan.WithSettings(change) },
            var other => other,
        },
    };

    /// <summary>Changes the links of a generated network, or what the peers of a file do to their messages.</summary>
    public void Links(Func<GeneratedNetwork, GeneratedNetwork> generated, Func<PeerSettings, PeerSettings> planned)
    {
        if (Config.Network is GeneratedNetwork)
        {
            Generated(generated);
        }
        else
        {
            Peers(planned);
        }
    }
}
