using Blockchain.Experiments.Runs;
using Blockchain.Launching.Guests;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials;
using Blockchain.Trials.Running;

namespace Blockchain.Experiments.Trials;

/// <summary>One run of a scenario in virtual time.</summary>
internal static class SimulatedTrial
{
    /// <param name="check">Whether each program of somebody else is run twice and compared.</param>
    public static TrialResult Run(
        Scenario scenario, ITrialListener? listener, CancellationToken stop, bool check = false)
    {
        using var guests = new GuestPrograms(check: check);
        return new TrialRunner(scenario, new SimulatedHost(scenario, guests: guests.Start), listener)
            .RunAsync(stop: stop).GetAwaiter().GetResult();
    }

    /// <summary>Runs it once more, to the byte as before, and writes down what happens, single messages too.</summary>
    /// <returns>How many messages were sent.</returns>
    public static long Record(Scenario scenario, string path, bool stopsAtFailure = false)
    {
        using var log = new EventLogWriter(path, [], messages: true);
        using var guests = new GuestPrograms();
        var host = new SimulatedHost(scenario, log.Observe, log.Add, guests.Start);
        new TrialRunner(scenario, host).RunAsync(stopsAtFailure).GetAwaiter().GetResult();
        log.Complete(host.Now);
        return host.Sent;
    }
}
