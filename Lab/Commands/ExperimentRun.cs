using System.Diagnostics;
using Blockchain.Experiments;
using Blockchain.Experiments.Runs;
using Blockchain.Lab.Display;
using Blockchain.Simulation.Invariants;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary>One run of <c>experiment</c>, from the question to the report.</summary>
internal sealed class ExperimentRun(ExperimentOptions options, TextWriter output, TextWriter error)
{
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly Stopwatch _running = Stopwatch.StartNew();

    /// <param name="name">Null: all are listed.</param>
    public async Task<int> RunAsync(string? name)
    {
        if (name is null)
        {
            foreach (var experiment in Catalogue.All)
            {
                await output.WriteLineAsync($"{experiment.Name,-18}{experiment.Question}");
            }

            await output.WriteLineAsync($"{"compare",-18}What differs between two configurations?");
            return ExitCode.Success;
        }

        var problems = new List<string>();
        if (StudyPlanner.Plan(name, options, problems) is not { } study)
        {
            return Refuse(problems);
        }

        await output.WriteLineAsync(study.Experiment.Question);
        return await RunAsync(
            study.Sweep,
            study.Name,
            new SequentialSampling(study.Until, IsComparison: false),
            (folder, result, provenance) => folder.Write(study with { Sweep = result.Sweep }, result, provenance),
            study);
    }

    public Task<int> CompareAsync(string first, string second)
    {
        var problems = new List<string>();
        return Comparison.Plan(first, second, options, problems) is { } comparison
            ? RunAsync(
                comparison.Sweep,
                "compare",
                new SequentialSampling(comparison.Until, IsComparison: true),
                (folder, result, provenance) => folder.Write(
                    comparison with { Sweep = result.Sweep }, result, provenance))
            : Task.FromResult(Refuse(problems));
    }

    /// <summary>From the files of two folders; nothing is run.</summary>
    public async Task<int> CompareFinishedAsync(string first, string second)
    {
        var problems = new List<string>();
        if (FinishedComparison.Of(first, second, problems) is not { } comparison)
        {
            return Refuse(problems);
        }

        var path = options.Folder ?? ResultFolder.UsualFor("compare");
        if (RunFolder.WhyNot(path) is { } reason)
        {
            return Refuse([reason]);
        }

        foreach (var sentence in comparison.Sentences())
        {
            await output.WriteLineAsync(sentence);
        }

        if (comparison.LeftOut.Count > 0)
        {
            await output.WriteLineAsync($"Only one of them has: {string.Join(", ", comparison.LeftOut)}.");
        }

        try
        {
            await output.WriteLineAsync(
                comparison.Write(path, new Provenance(_started, _running.Elapsed, options.Parallel)));
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Refuse([problem.Message]);
        }
    }

    private async Task<int> RunAsync(
        Sweep sweep,
        string name,
        SequentialSampling sampling,
        Action<ResultFolder, SweepResult, Provenance> write,
        Study? study = null)
    {
        var path = options.Folder ?? ResultFolder.UsualFor(name);
        if (RunFolder.WhyNot(path) is { } reason)
        {
            return Refuse([reason]);
        }

        ResultFolder folder;
        try
        {
            folder = new ResultFolder(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Refuse([problem.Message]);
        }

        if (sweep.FewSeeds is { } few)
        {
            await output.WriteLineAsync(few);
        }

        using var stop = new StopRequest();
        SweepResult result;
        try
        {
            result = await sampling.RunAsync(sweep, async batch =>
            {
                var runner = new SweepRunner(batch);
                var work = Task.Run(() => runner.Run(options.Parallel, stop.Token));
                await SweepProgress.ShowAsync(AnsiConsole.Console, batch, runner, work);
                return await work;
            });
        }
        catch (AggregateException broken) when (broken.InnerException is InvariantViolationException violation)
        {
            await error.WriteLineAsync(violation.Message);
            return ExitCode.Failure;
        }

        if (result.Rows.Count == 0)
        {
            await error.WriteLineAsync("Stopped before the first run was finished.");
            return ExitCode.Failure;
        }

        if (sampling.Text(result) is { } narrowing)
        {
            result = result with { Narrowing = narrowing };
            await output.WriteLineAsync(narrowing);
        }

        if (study is { Experiment.Threshold: { } measure, With: null } && result.IsComplete)
        {
            await output.WriteLineAsync("looking for the threshold");
            var searched = study with { Sweep = result.Sweep };
            var found = await Task.Run(() => ThresholdSearch.Run(searched, measure, options.Parallel, stop.Token));
            result = result with { Threshold = found };
            await output.WriteLineAsync(SweepReport.ThresholdText(study.Experiment, result) ?? "Stopped.");
        }

        write(folder, result, new Provenance(_started, _running.Elapsed, options.Parallel));
        await output.WriteLineAsync(
            $"{(result.IsComplete ? "" : "Interrupted: ")}{result.Rows.Count} of {result.Sweep.Runs} runs in "
            + $"{Duration.Seconds(_running.Elapsed)}; "
            + folder.ReportPath);
        return ExitCode.Success;
    }

    private int Refuse(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
        }

        return ExitCode.Refused;
    }
}
