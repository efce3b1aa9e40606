using System.Runtime.InteropServices;
using Blockchain.Launching.Nodes;
using Blockchain.Trials.Reports;

namespace Blockchain.AppHost.Trials;

/// <summary>Runs scenarios in place of a network that somebody watches.</summary>
internal static class AspireTrials
{
    /// <returns>The exit code: 0: all held; 1: something did not; 2: something could not be told, or was
    /// refused.</returns>
    public static async Task<int> RunAsync(TrialOptions options)
    {
        var batch = new TrialBatch(options, (line, _) => Console.WriteLine(line), Console.Error.WriteLine);
        if (batch.Read() is not { } jobs)
        {
            return ExitCode.Refused;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await batch.RunAsync(
            jobs,
            async (job, recording) =>
            {
                Console.WriteLine(
                    $"{job.Scenario.Name} on {options.Host}, seed {job.Scenario.Seed}: {job.Scenario.About}");
                await using var trial = new AspireTrial(job.Scenario);
                return await trial.RunAsync(
                    new PlainTrial(Console.Out), recording, options.Messages, stop.Token);
            },
            stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            _ = stop.CancelAsync();
        }
    }
}
