using System.Diagnostics;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Reading;

namespace Blockchain.Grading.Running;

/// <summary>
/// A scenario with all its seeds. A run in which a turn took too long is made twice, since the machine may have been
/// busy; if it does so again, the program hangs, and would take as long in every other run.
/// </summary>
internal static class ScenarioGrading
{
    public static IEnumerable<string> Runs(ScenarioCheck check, IReadOnlyList<ulong> seeds) =>
        seeds.Select((seed, i) => check.IsHidden ? $"hidden {i + 1} (seed {seed})" : $"seed {seed}");

    public static CheckResult Grade(
        Workshop workshop, Workpiece piece, ScenarioCheck check, IReadOnlyList<ulong> seeds, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var students = check.As.Select(id => new PeerId(id)).ToHashSet();
        var results = new List<RunResult>();
        ScenarioRun? smallest = null;
        var (hasHung, smallestName) = (false, "");
        foreach (var (name, seed) in Runs(check, seeds).Zip(seeds))
        {
            if (hasHung)
            {
                const string reason = "not tried: the program hung twice in the run before";
                results.Add(new RunResult(name, Outcome.Broken, reason, reason));
                continue;
            }

            var (run, result) = Run(name, seed);
            if (run.HasHung)
            {
                (run, result) = Run(name, seed);
            }

            results.Add(result);
            hasHung = run.HasHung;
            if (run.FailedAt is { } at && (smallest?.FailedAt is not { } best || at < best))
            {
                (smallest, smallestName) = (run, name);
            }
        }

        var drawing = check.IsHidden || hasHung || smallest is null
            ? null
            : new SmallestRun(workshop, piece, students).Draw(smallest.Scenario, smallestName, stop);
        return new CheckResult(
            results, drawing?.Svg, drawing?.Caption ?? "", Stopwatch.GetElapsedTime(begun).TotalSeconds);

        (ScenarioRun Run, RunResult Result) Run(string name, ulong seed)
        {
            var run = new ScenarioRun(workshop, piece, Load(check, seed, students), students);
            return (run, run.Run(name, stop));
        }
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
