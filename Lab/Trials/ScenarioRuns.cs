using System.Diagnostics;
using System.Globalization;
using Blockchain.Experiments.Trials;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Launching.Nodes;
using Blockchain.Simulation.Invariants;
using Blockchain.Trials;
using Spectre.Console;

namespace Blockchain.Lab.Trials;

/// <summary>One call of <c>run</c>: every scenario with every seed.</summary>
internal sealed class ScenarioRuns
{
    private readonly IAnsiConsole _console = AnsiConsole.Console;
    private readonly TrialOptions _options;
    private readonly TrialBatch _batch;

    public ScenarioRuns(TrialOptions options)
    {
        _options = options;
        _batch = new TrialBatch(options, Say, Console.Error.WriteLine);
    }

    public async Task<int> RunAsync()
    {
        PlainOutput.KeepLinesWhole(_console);
        if (_batch.Read() is not { } jobs || !AreInvariantsKnown(jobs))
        {
            return ExitCode.Refused;
        }

        using var stop = new StopRequest();
        if (_options.Host == HostNames.Aspire)
        {
            return await AspireRun.RunAsync(_options);
        }

        var watch = Stopwatch.StartNew();
        var code = _options.Host == HostNames.Simulation
            ? Simulate(jobs, stop.Token)
            : await _batch.RunAsync(jobs, (job, recording) => RunAsync(job, recording, stop.Token), stop.Token);
        if (jobs.Count > 1)
        {
            string[] totals = [.. _batch.Totals()];
            totals[^1] += string.Create(CultureInfo.InvariantCulture, $", in {watch.Elapsed.TotalSeconds:0.0} s");
            Array.ForEach(totals, _console.WriteLine);
        }

        return code;
    }

    private static bool AreInvariantsKnown(IReadOnlyList<TrialJob> jobs)
    {
        var unknown = jobs.SelectMany(job => (job.Scenario.Invariants ?? []).Except(StandardInvariants.Names)
            .Select(name => $"{job.File}: error: $.invariants: there is no invariant \"{name}\"; there are "
                + string.Join(", ", StandardInvariants.Names))).Distinct().ToArray();
        Array.ForEach(unknown, Console.Error.WriteLine);
        return unknown.Length == 0;
    }

    private int Simulate(IReadOnlyList<TrialJob> jobs, CancellationToken stop)
    {
        if (jobs is [var only])
        {
            var display = new TrialDisplay(_console, only.Scenario, _options.Host);
            var result = display.Show(listener => SimulatedTrial.Run(
                only.Scenario, listener, stop, _options.ChecksPrograms));
            _batch.Add(only, result, path => SimulatedTrial.Record(only.Scenario, path));
            return _batch.Finish(jobs.Count);
        }

        try
        {
            // A run that waits for a program leaves its core to that program, not to one more run.
            var limits = new ParallelOptions
            {
                CancellationToken = stop,
                MaxDegreeOfParallelism = Environment.ProcessorCount,
            };
            Parallel.ForEach(jobs, limits, job => _batch.Add(
                job,
                SimulatedTrial.Run(job.Scenario, listener: null, stop, _options.ChecksPrograms),
                path => SimulatedTrial.Record(job.Scenario, path)));
        }
        catch (OperationCanceledException)
        {
            // What was run so far is the result.
        }

        return _batch.Finish(jobs.Count);
    }

    private Task<Blockchain.Trials.Running.TrialResult?> RunAsync(
        TrialJob job, string recording, CancellationToken stop)
    {
        var display = new TrialDisplay(_console, job.Scenario, _options.Host);
        var trial = new LocalTrial(job.Scenario, _options.Messages);
        return display.ShowAsync(listener => trial.RunAsync(listener, recording, stop));
    }

    private void Say(string line, Verdict? verdict)
    {
        var colour = verdict switch
        {
            Verdict.Held => "green",
            Verdict.DidNotHold => "red",
            Verdict.CouldNotBeTold => "yellow",
            _ => "default",
        };
        _console.MarkupLineInterpolated($"[{colour}]{line}[/]");
    }
}
