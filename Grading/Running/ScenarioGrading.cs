using System.Diagnostics;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Reading;

namespace Blockchain.Grading.Running;

/// <summary>A scenario with all its seeds.</summary>
internal static class ScenarioGrading
{
    /// <summary>A program that hangs would do so in every run, and each takes the whole limit of a turn.</summary>
    private const int MostHangs = 2;

    /// <summary>A turn that took too long is tried once more, since the machine may have been busy.</summary>
    private const int Attempts = 2;

    public static IEnumerable<string> Runs(ScenarioCheck check, IReadOnlyList<ulong> seeds) =>
        seeds.Select((seed, i) => check.IsHidden ? $"hidden {i + 1} (seed {seed})" : $"seed {seed}");

    public static CheckResult Grade(
        Workshop workshop, Workpiece piece, ScenarioCheck check, IReadOnlyList<ulong> seeds, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var students = check.As.Select(id => new PeerId(id)).ToHashSet();
        var results = new List<RunResult>();
        ScenarioRun? smallest = null;
        var (hangs, smallestName) = (0, "");
        foreach (var (name, seed) in Runs(check, seeds).Zip(seeds))
        {
            if (hangs >= MostHangs)
            {
                var reason = $"not tried: the program hung in {hangs} runs before";
                results.Add(new RunResult(name, Outcome.Broken, reason, reason));
                continue;
            }

            var run = new ScenarioRun(workshop, piece, Load(check, seed, students), students);
            var result = run.Run(name, stop);
            for (var attempt = 1; attempt < Attempts && run.HasHung && ++hangs < MostHangs; attempt++)
            {
                run = new ScenarioRun(workshop, piece, Load(check, seed, students), students);
                result = run.Run(name, stop);
            }

            results.Add(result);
            hangs = run.HasHung ? Math.Max(hangs, MostHangs) : hangs;
            if (run.FailedAt is { } at && (smallest?.FailedAt is not { } best || at < best))
            {
                (smallest, smallestName) = (run, name);
            }
        }

        var drawn = check.IsHidden || hangs > 0 ? null : smallest?.Draw();
        return new CheckResult(
            results,
            drawn?.Svg,
            drawn is { } one
                ? $"The failing run that ends first, {smallestName}, up to its failure. {one.Caption}"
                : "",
            Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>The scenario with the student's program in the place of some peers.</summary>
    private static Scenario Load(ScenarioCheck check, ulong seed, HashSet<PeerId> students)
    {
        var scenario = ScenarioFile.Load(check.File, File.ReadAllBytes, seed).Scenario
            ?? throw new InvalidDataException($"{check.File} has changed while it was used");
        var program = new GuestProgram { Stdio = ["the student's program"] };
        return scenario with
        {
            Network = scenario.Network.Select(
                peer => students.Contains(peer.Id) ? peer with { Program = program } : peer),
        };
    }
}
