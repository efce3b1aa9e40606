using System.Diagnostics;
using Blockchain.Conformance;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Guests;

namespace Blockchain.Grading.Running;

/// <summary>Rules of the wire, each tried by itself.</summary>
internal static class RuleGrading
{
    private const ulong Seed = 1;
    private const int MostHangs = 3;
    private const int MostLines = 12;

    public static CheckResult Grade(Workshop workshop, Workpiece piece, RuleCheck check, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var hangs = 0;
        var report = ConformanceRun.InVirtualTime(
            () => Volatile.Read(ref hangs) >= MostHangs
                ? new Hung()
                : new Watched(
                    workshop.Sandbox.Start(FirstTurn.Of(piece), workshop.Sheet.Limits),
                    workshop.Sheet.Limits,
                    () => Interlocked.Increment(ref hangs)),
            piece.Submission.Name,
            check.Rules.ToHashSet(),
            Seed,
            stop);
        return new CheckResult(
            [.. check.Rules.Select(rule => Result(report, rule))],
            null,
            "",
            Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static RunResult Result(ConformanceReport report, string rule)
    {
        var results = report.Results.Where(one => one.Rule == rule).ToArray();
        var outcome = report.VerdictOf(rule) switch
        {
            RuleVerdict.Held => Outcome.Held,
            RuleVerdict.Broken => Outcome.Broken,
            _ => Outcome.Unknown,
        };
        var lines = results.Where(one => one.Verdict != RuleVerdict.Held).SelectMany(one =>
            new[]
            {
                $"{one.Test}: {(one.Verdict == RuleVerdict.Broken ? "broken" : "could not be told")}: {one.Reason}",
                $"the rule: {one.Sentence}",
            }.Concat(one.Lines.TakeLast(MostLines).Select(Text)));
        var reason = results.Length == 0 ? "could not be told: nothing is tried for it" : string.Join('\n', lines);
        return new RunResult(rule, outcome, reason, reason);
    }

    private static string Text(ExchangedLine line)
    {
        const int Longest = 240;
        var text = line.Text.Length <= Longest ? line.Text : line.Text[..Longest] + " …";
        return FormattableString.Invariant(
            $"{line.At.TotalSeconds,8:0.000} s {(line.IsFromTestee ? "to" : "from")} {line.Peer}: {text}");
    }

    /// <summary>Tells when a program takes longer than it may.</summary>
    private sealed class Watched(GuestProcess process, GuestLimits limits, Action hung) : IGuest, IDisposable
    {
        public GuestAnswer Take(GuestTurn turn)
        {
            var begun = Stopwatch.GetTimestamp();
            var answer = process.Take(turn);
            if (answer.Failure is not null && Stopwatch.GetElapsedTime(begun) >= limits.Turn)
            {
                hung();
            }

            return answer;
        }

        public void Dispose() => process.Dispose();
    }

    /// <summary>In place of a program that has hung often enough.</summary>
    private sealed class Hung : IGuest
    {
        public GuestAnswer Take(GuestTurn turn) =>
            new() { Failure = $"it was not tried: it hung {MostHangs} times before" };
    }
}
