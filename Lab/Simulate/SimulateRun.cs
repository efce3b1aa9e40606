using System.Diagnostics;
using Blockchain.Experiments.Runs;
using Blockchain.Experiments.Runs.Export;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Launching.Guests;
using Blockchain.Simulation;
using Blockchain.Simulation.Invariants;
using Spectre.Console;

namespace Blockchain.Lab.Simulate;

/// <summary>One run of <c>simulate</c>, from the configuration to the last file.</summary>
/// <param name="invariants">What is checked, in place of what the configuration names.</param>
internal sealed class SimulateRun(
    SimulationRequest request, IAnsiConsole console, IReadOnlyList<IInvariant>? invariants = null)
{
    /// <summary>Programs of others that failed, each with the reason.</summary>
    private readonly List<string> _failures = [];

    public int Run()
    {
        PlainOutput.KeepLinesWhole(console);
        RunFolder folder;
        try
        {
            folder = RunFolder.Create(request.Folder, request.Name, DateTimeOffset.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(
                $"{request.Folder ?? RunFolder.Usual}: no results can be written there: {error.Message}");
            return ExitCode.Refused;
        }

        using var stop = new StopRequest();
        var manifest = new RunManifest(request, folder.Path, DateTimeOffset.UtcNow);
        try
        {
            folder.Write(manifest);
            manifest = Simulate(manifest, folder, stop.Token);
            folder.Write(manifest);
            folder.Write(manifest.Result!);
            folder.Write(RunReport.Of(manifest));
        }
        catch (IOException error)
        {
            // A full disk, most likely.
            Console.Error.WriteLine(error.Message);
            return ExitCode.Failure;
        }

        RunSummary.Say(console, manifest);
        _failures.ForEach(Console.Error.WriteLine);
        return _failures.Count > 0 ? ExitCode.Violation : Finish(manifest);
    }

    private RunManifest Simulate(RunManifest manifest, RunFolder folder, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var hasGraph = true;
        var display = RunDisplay.For(console, request.Name);
        using var log = request.Events
            ? new EventLogWriter(folder.Events, request.Config.Faults, request.Messages)
            : null;
        display.Show(report =>
        {
            using var guests = new GuestPrograms(check: request.ChecksPrograms);
            var keys = request.Sign ? SimulatedKeys.Of(request.Config) : null;
            var run = new SimulationRun(
                keys?.Config ?? request.Config,
                log is null ? null : log.Observe,
                invariants,
                keys is null ? null : keys.SignaturesOf,
                guests.Start);
            hasGraph = RunGraph.Write(run, folder);
            using var arrivals = request.Arrivals.Count > 0
                ? new ArrivalLog(
                    run, [.. request.Arrivals.Select(kind => ArrivalTables.Of(kind, folder.Arrivals(kind)))])
                : null;
            report.Report(new SimulationProgress(TimeSpan.Zero, Events: 0, Blocks: 0, Share: 0));
            try
            {
                var result = run.Run(report, stop);
                var outcome = stop.IsCancellationRequested ? Outcome.Interrupted : Outcome.Completed;
                manifest = manifest with { Result = result, Outcome = outcome };
            }
            catch (InvariantViolationException violation)
            {
                manifest = manifest with { Result = run.Result(), Outcome = Outcome.Violated, Violation = violation };
            }

            _failures.AddRange(run.Peers.Where(peer => peer.GuestFailure is not null)
                .Select(peer => $"{peer.Id} failed: {peer.GuestFailure}"));
            manifest = manifest with { Invariants = run.Invariants };
            log?.Complete(run.Now);
        });
        if (!hasGraph)
        {
            Console.Error.WriteLine(RunGraph.LeftOut);
        }

        return manifest with { Took = watch.Elapsed };
    }

    private static int Finish(RunManifest manifest)
    {
        switch (manifest.Outcome)
        {
            case Outcome.Violated:
                Console.Error.WriteLine(manifest.Violation!.Message);
                Console.Error.WriteLine($"repeat it with: {manifest.Repeat}");
                return ExitCode.Violation;
            case Outcome.Interrupted:
                return ExitCode.Interrupted;
            default:
                return ExitCode.Success;
        }
    }
}
