using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Blockchain.Experiments.Runs;
using Blockchain.Experiments.Trials;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Invariants;
using Blockchain.Trials;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;
using Spectre.Console;

namespace Blockchain.Lab.Trials;

/// <summary>One call of <c>run</c>: every scenario with every seed.</summary>
internal sealed class ScenarioRuns(ScenarioOptions options)
{
    private readonly IAnsiConsole _console = AnsiConsole.Console;

    public async Task<int> RunAsync()
    {
        PlainOutput.KeepLinesWhole(_console);
        if (Read() is not { } scenarios)
        {
            return ExitCode.Refused;
        }

        using var stop = new StopRequest();
        if (options.Host == HostNames.Aspire)
        {
            return await AspireRun.RunAsync(options, stop.Token);
        }

        var watch = Stopwatch.StartNew();
        var results = options.Host == HostNames.Simulation
            ? Simulate(scenarios, stop.Token)
            : await RunOneByOneAsync(scenarios, stop.Token);
        if (results is null || !TryWrite(results))
        {
            return ExitCode.Refused;
        }

        if (results.Count > 1)
        {
            _console.WriteLine(Totals(results, watch.Elapsed));
        }

        return ExitCodeOf(results, scenarios.Count);
    }

    /// <summary>0: all held; 1: something did not; 2: something could not be told.</summary>
    internal static int ExitCodeOf(IReadOnlyList<TrialResult> results, int wanted) =>
        results.Any(result => result.Verdict == Verdict.DidNotHold) ? ExitCode.Failure
        : results.Count < wanted || results.Any(result => result.Verdict == Verdict.CouldNotBeTold) ? ExitCode.Refused
        : ExitCode.Success;

    /// <summary>Null after everything that is wrong was said.</summary>
    private List<ScenarioJob>? Read()
    {
        var (jobs, isRight) = (new List<ScenarioJob>(), true);
        foreach (var file in options.Files)
        {
            var first = ScenarioFile.Load(file, File.ReadAllBytes, options.Seed);
            isRight &= Report(file, first.Problems);
            if (first.Scenario is not { } scenario)
            {
                continue;
            }

            if (!scenario.Hosts.Contains(options.Host))
            {
                Console.Error.WriteLine(
                    $"{file}: it is for {string.Join(", ", scenario.Hosts)}, and not for {options.Host}.");
                isRight = false;
            }

            foreach (var name in (scenario.Invariants ?? []).Except(StandardInvariants.Names))
            {
                Console.Error.WriteLine($"{file}: error: $.invariants: there is no invariant \"{name}\"; "
                    + $"there are {string.Join(", ", StandardInvariants.Names)}");
                isRight = false;
            }

            jobs.AddRange(Enumerable.Range(0, options.Seeds).Select(i => new ScenarioJob(
                file,
                i == 0 ? scenario : ScenarioFile.Load(file, File.ReadAllBytes, scenario.Seed + (ulong)i).Scenario!)));
        }

        return isRight ? jobs : null;
    }

    private static bool Report(string file, IReadOnlyList<PlanProblem> problems)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"{file}: {problem}");
        }

        return problems.All(problem => problem.Severity != Severity.Error);
    }

    private IReadOnlyList<TrialResult>? Simulate(List<ScenarioJob> jobs, CancellationToken stop)
    {
        if (jobs is [var only])
        {
            return [Simulate(only, stop)];
        }

        var results = new ConcurrentDictionary<int, TrialResult>();
        var said = new Lock();
        try
        {
            Parallel.For(0, jobs.Count, new ParallelOptions { CancellationToken = stop }, i =>
            {
                var result = SimulatedTrial.Run(jobs[i].Scenario, listener: null, stop);
                results[i] = result;
                lock (said)
                {
                    Say(jobs[i], result);
                }
            });
        }
        catch (OperationCanceledException)
        {
            // What was run so far is the result.
        }

        return [.. results.OrderBy(one => one.Key).Select(one => one.Value)];
    }

    private TrialResult Simulate(ScenarioJob job, CancellationToken stop)
    {
        var display = TrialDisplay.For(_console, job.Scenario, options.Host);
        var result = display.Show(listener => SimulatedTrial.Run(job.Scenario, listener, stop));
        Say(job, result);
        return result;
    }

    private async Task<IReadOnlyList<TrialResult>?> RunOneByOneAsync(List<ScenarioJob> jobs, CancellationToken stop)
    {
        var results = new List<TrialResult>();
        foreach (var job in jobs)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            var trial = new LocalTrial(job.Scenario);
            var display = TrialDisplay.For(_console, job.Scenario, options.Host);
            var recording = Path.Combine(Path.GetTempPath(), $"blockchain-{Path.GetRandomFileName()}.jsonl");
            try
            {
                if (await display.ShowAsync(listener => trial.RunAsync(listener, recording, stop)) is not { } result)
                {
                    return null;
                }

                results.Add(result);
                Say(job, result, recording);
            }
            finally
            {
                File.Delete(recording);
            }
        }

        return results;
    }

    /// <param name="recording">Of the run; null: it can be made anew.</param>
    private void Say(ScenarioJob job, TrialResult result, string? recording = null)
    {
        var colour = result.Verdict switch
        {
            Verdict.Held => "green",
            Verdict.DidNotHold => "red",
            _ => "yellow",
        };
        _console.MarkupLineInterpolated($"[{colour}]{TrialText.Summary(result)}[/]");
        if (result.Verdict == Verdict.Held)
        {
            return;
        }

        foreach (var step in result.Steps.Where(step => step.Judgement.Verdict != Verdict.Held))
        {
            _console.WriteLine($"  {TrialText.Line(step)}");
        }

        foreach (var line in result.Failure is { } failure ? TrialText.Lines(failure) : [])
        {
            _console.WriteLine($"  {line}");
        }

        var folder = TrialFolder.Keep(options.Folder, job.Scenario, result, recording);
        _console.WriteLine($"  kept in {folder}: open events.jsonl in the Observatory to see it");
        _console.WriteLine($"  repeat it with: {CommandText.Of(
            ["run", job.File, "--on", options.Host, "--seed", result.Scenario.Seed.ToString(CultureInfo.InvariantCulture)])}");
    }

    private bool TryWrite(IReadOnlyList<TrialResult> results)
    {
        try
        {
            if (options.JUnit is { } junit)
            {
                File.WriteAllText(junit, JUnitReport.Write(results));
            }

            if (options.Json is { } json)
            {
                File.WriteAllText(json, JsonReport.Write(results));
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return false;
        }
    }

    private static string Totals(IReadOnlyList<TrialResult> results, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(results, Verdict.Held)} held, {Count(results, Verdict.DidNotHold)} did not hold, "
            + $"{Count(results, Verdict.CouldNotBeTold)} could not be told, in {took.TotalSeconds:0.0} s");

    private static int Count(IReadOnlyList<TrialResult> results, Verdict verdict) =>
        results.Count(result => result.Verdict == verdict);
}
