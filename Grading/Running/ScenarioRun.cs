using System.Diagnostics;
using Blockchain.Events;
using Blockchain.Events.Diagrams;
using Blockchain.Events.Messages;
using Blockchain.Experiments.Hunting;
using Blockchain.Experiments.Runs;
using Blockchain.Grading.Submissions;
using Blockchain.Shared;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Running;

namespace Blockchain.Grading.Running;

/// <summary>One scenario with one seed, in which some peers are the program of a student.</summary>
/// <param name="students">Its peers.</param>
internal sealed class ScenarioRun(Workshop workshop, Workpiece piece, Scenario scenario, IReadOnlySet<PeerId> students)
{
    /// <summary>More of the last ones could not be told apart.</summary>
    private const int MostArrows = 150;

    private const string OfAsking = ", after {";

    public Scenario Scenario => scenario;

    /// <summary>When it failed, by the clock of the network; null: it held.</summary>
    public TimeSpan? FailedAt { get; private set; }

    /// <summary>A turn of its program took longer than it may.</summary>
    public bool HasHung { get; private set; }

    public RunResult Run(string name, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        using var guests = Guests();
        var host = new SimulatedHost(scenario, guests: guests.Start);
        var result = new TrialRunner(scenario, host).RunAsync(stop: stop).GetAwaiter().GetResult();
        stop.ThrowIfCancellationRequested();
        if (result.Verdict == Verdict.Held)
        {
            return new RunResult(name, Outcome.Held, "", "");
        }

        FailedAt = result.Failure?.At ?? result.Took;
        GuestFailed[] failures = [.. host.History.OfType<GuestFailed>().Where(one => students.Contains(one.Peer))];
        HasHung = failures.Length > 0 && Stopwatch.GetElapsedTime(begun) >= workshop.Sheet.Limits.Turn;
        var outcome = result.Verdict == Verdict.DidNotHold || failures.Length > 0 ? Outcome.Broken : Outcome.Unknown;
        return new RunResult(
            name, outcome, Reason(result, failures, isWhole: true), Reason(result, failures, isWhole: false));
    }

    /// <summary>Runs it up to its failure.</summary>
    /// <returns>Null if it held.</returns>
    public Failure? Fail(CancellationToken stop)
    {
        using var guests = Guests();
        var host = new SimulatedHost(scenario, guests: guests.Start);
        return HuntedRun.Run(scenario, host, stop);
    }

    /// <summary>Runs it up to its failure, and draws what was said last.</summary>
    /// <returns>Null if it does not fail again, or nothing was said.</returns>
    public SpaceTimeDiagram? Draw(CancellationToken stop)
    {
        var path = Path.GetTempFileName();
        try
        {
            if (!FailsAndRecords(path, stop))
            {
                return null;
            }

            var events = File.ReadLines(path)
                .Select((line, i) => EventLine.Read(System.Text.Encoding.UTF8.GetBytes(line), i + 1)?.Event)
                .OfType<PeerEvent>().ToArray();
            var history = MessageHistory.Of(events);
            if (history.Arrows.Count == 0)
            {
                return null;
            }

            var first = history.Arrows[Math.Max(0, history.Arrows.Count - MostArrows)];
            return SpaceTimeDiagram.Of(history, new MessageSelection { From = first.Queued });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private StudentGuests Guests() => new(workshop, piece, peer => students.Contains(peer.Id));

    private bool FailsAndRecords(string path, CancellationToken stop)
    {
        using var log = new EventLogWriter(path, [], messages: true);
        using var guests = Guests();
        var host = new SimulatedHost(scenario, log.Observe, log.Add, guests.Start);
        var failure = HuntedRun.Run(scenario, host, stop);
        log.Complete(host.Now);
        return failure is not null;
    }

    private static string Reason(TrialResult result, GuestFailed[] failures, bool isWhole)
    {
        var lines = failures.Take(1)
            .Select(one => $"the program failed (peer {one.Peer}): {(isWhole ? one.Why : Shortened(one.Why))}")
            .Concat(result.Steps.Where(step => step.Judgement.Verdict != Verdict.Held).Select(step =>
                $"{step.Step}: {TrialRunner.Words(step.Judgement.Verdict)}"
                + (step.Judgement.Detail.Length > 0 ? $": {step.Judgement.Detail}" : "")));
        if (result.Broken is { } broken && failures.Length == 0)
        {
            // Its text has the seed in it.
            lines = lines.Append($"broken: {(isWhole ? broken : result.BrokenName)}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>Without what it was asked and what it said: its own seed may be in there.</summary>
    private static string Shortened(string why) => why.Split(OfAsking)[0];
}
