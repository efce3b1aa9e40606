using System.Globalization;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;

namespace Blockchain.Launching.Nodes;

/// <summary>Several runs of scenarios: reads them, says what came of each, and keeps what was found.</summary>
/// <param name="say">Shows a line; with a verdict, the line says what came of a run.</param>
/// <param name="refuse">Shows what is wrong.</param>
public sealed class TrialBatch(TrialOptions options, Action<string, Verdict?> say, Action<string> refuse)
{
    /// <summary>Of each scenario in virtual time: its other runs are repeated by their seeds.</summary>
    private const int MostKept = 3;

    private readonly List<(TrialJob Job, TrialResult Result)> _results = [];
    private readonly Lock _gate = new();
    private bool _isWritten = true;

    /// <summary>Null after everything that is wrong was said.</summary>
    public IReadOnlyList<TrialJob>? Read()
    {
        var (jobs, isRight) = (new List<TrialJob>(), true);
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
                refuse($"{file}: it is for {string.Join(", ", scenario.Hosts)}, and not for {options.Host}.");
                isRight = false;
            }

            jobs.AddRange(Enumerable.Range(0, options.Seeds).Select(i => new TrialJob(
                file,
                i == 0 ? scenario : ScenarioFile.Load(file, File.ReadAllBytes, scenario.Seed + (ulong)i).Scenario!)));
        }

        return isRight ? jobs : null;
    }

    /// <summary>Runs all on processes, one after the other.</summary>
    /// <param name="run">Runs one, and records every event in the file; null: it cannot run here.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<TrialJob> jobs, Func<TrialJob, string, Task<TrialResult?>> run, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(run);
        foreach (var job in jobs)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            var recording = Path.Combine(Path.GetTempPath(), $"blockchain-{Path.GetRandomFileName()}.jsonl");
            try
            {
                if (await run(job, recording) is { } result)
                {
                    Add(job, result, path => File.Copy(recording, path, overwrite: true));
                }
            }
            finally
            {
                File.Delete(recording);
            }
        }

        return Finish(jobs.Count);
    }

    /// <summary>Says what came of a run, and keeps it if something was found. From any thread.</summary>
    /// <param name="record">Writes the recording of the run to a file.</param>
    public void Add(TrialJob job, TrialResult result, Action<string> record)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(result);
        lock (_gate)
        {
            _results.Add((job, result));
            var measured = options.Seeds > 1 ? TrialText.Measured(result) : "";
            say($"{Prefix(job)}{TrialText.Summary(result)}{measured}", result.Verdict);
            if (result.Verdict == Verdict.Held)
            {
                return;
            }

            foreach (var step in result.Steps.Where(step => step.Judgement.Verdict != Verdict.Held))
            {
                say($"  {TrialText.Line(step)}", null);
            }

            var number = _results.Count(one => one.Result.Verdict != Verdict.Held && one.Job.File == job.File);
            foreach (var line in number == 1 && result.Failure is { } failure ? TrialText.Lines(failure) : [])
            {
                say($"  {line}", null);
            }

            if (number <= MostKept || options.Host != HostNames.Simulation)
            {
                Keep(job, result, record);
            }

            var seed = result.Scenario.Seed.ToString(CultureInfo.InvariantCulture);
            say($"  repeat it with: {CommandText.Of(["run", job.File, "--on", options.Host, "--seed", seed])}", null);
        }
    }

    /// <summary>Writes the reports.</summary>
    /// <param name="wanted">How many runs there were to be.</param>
    /// <returns>The exit code: 0: all held; 1: something did not; 2: something could not be told.</returns>
    public int Finish(int wanted)
    {
        var files = options.Files.ToList();
        var results = _results.OrderBy(one => files.IndexOf(one.Job.File))
            .ThenBy(one => one.Result.Scenario.Seed).Select(one => one.Result).ToArray();
        TryWrite(options.JUnit, () => JUnitReport.Write(results));
        TryWrite(options.Json, () => JsonReport.Write(results));
        return ExitCodeOf(results, wanted);
    }

    /// <summary>
    /// Of each file what was measured with its seeds, and how many runs held; then of all together: "20 held, 0 did not
    /// hold, 0 could not be told".
    /// </summary>
    public IEnumerable<string> Totals()
    {
        foreach (var file in options.Files.Distinct())
        {
            TrialResult[] results = [.. _results.Where(one => one.Job.File == file).Select(one => one.Result)];
            foreach (var line in TrialText.Spreads(results))
            {
                yield return $"{(options.Files.Count > 1 ? $"{file}: " : "")}{line}";
            }

            if (options.Files.Count > 1)
            {
                yield return $"{file}: {Total(results)}";
            }
        }

        yield return Total([.. _results.Select(one => one.Result)]);
    }

    private static string Total(TrialResult[] results)
    {
        int Count(Verdict verdict) => results.Count(result => result.Verdict == verdict);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(Verdict.Held)} held, {Count(Verdict.DidNotHold)} did not hold, "
                + $"{Count(Verdict.CouldNotBeTold)} could not be told");
    }

    private int ExitCodeOf(TrialResult[] results, int wanted) =>
        results.Any(result => result.Verdict == Verdict.DidNotHold) ? 1
        : results.Length < wanted || !_isWritten || results.Any(result => result.Verdict == Verdict.CouldNotBeTold) ? 2
        : 0;

    /// <summary>Whether another file has the same name, in another folder.</summary>
    private bool IsNamesake(TrialJob job) => options.Files.Distinct().Count(
        file => Path.GetFileName(file) == Path.GetFileName(job.File)) > 1;

    private string Prefix(TrialJob job) => IsNamesake(job) ? $"{job.File}: " : "";

    private bool Report(string file, IReadOnlyList<PlanProblem> problems)
    {
        foreach (var problem in problems)
        {
            refuse($"{file}: {problem}");
        }

        return problems.All(problem => problem.Severity != Severity.Error);
    }

    private void Keep(TrialJob job, TrialResult result, Action<string> record)
    {
        try
        {
            var folder = FolderOf(job);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "scenario.json"), ScenarioFile.Write(result.Scenario));
            File.WriteAllText(Path.Combine(folder, "result.json"), JsonReport.Write([result]));
            record(Path.Combine(folder, "events.jsonl"));
            say($"  kept in {folder}; the Observatory opens events.jsonl at that moment", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            refuse(error.Message);
            _isWritten = false;
        }
    }

    private string FolderOf(TrialJob job)
    {
        var above = IsNamesake(job) ? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(job.File))) + "-" : "";
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{above}{job.Scenario.Name}-seed-{job.Scenario.Seed}");
        if (options.Folder is { } folder)
        {
            return Path.Combine(folder, name);
        }

        var stamp = DateTimeOffset.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Path.Combine("runs", $"{stamp}-{name}");
    }

    private void TryWrite(string? path, Func<string> text)
    {
        try
        {
            if (path is not null)
            {
                File.WriteAllText(path, text());
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            refuse(error.Message);
            _isWritten = false;
        }
    }
}
