using Blockchain.Shared;
using Blockchain.Simulation;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Running;

namespace Blockchain.Experiments.Hunting;

/// <summary>Runs scenarios in virtual time until something is wrong.</summary>
internal static class HuntedTrial
{
    /// <summary>Null if nothing was wrong, or it was stopped before.</summary>
    public static Failure? Run(Scenario scenario, CancellationToken stop) =>
        Run(scenario, new SimulatedHost(scenario), stop);

    /// <returns>How many messages are sent in a run.</returns>
    public static long CountMessages(Scenario scenario)
    {
        var host = new SimulatedHost(scenario);
        _ = Run(scenario, host, CancellationToken.None);
        return host.Sent;
    }

    private static Failure? Run(Scenario scenario, SimulatedHost host, CancellationToken stop)
    {
        // In virtual time nothing waits for anything outside of it.
        var result = new TrialRunner(scenario, host).RunAsync(stopsAtFailure: true, stop).GetAwaiter().GetResult();
        return Failure.Of(result, [.. host.History.OfType<BlockMade>()
            .Select(made => (made.Time - SimulationRun.Start, made.Peer))]);
    }
}
