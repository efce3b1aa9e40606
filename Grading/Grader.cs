using Blockchain.Grading.Leagues;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Launching.Guests.Sandboxing;

namespace Blockchain.Grading;

/// <summary>
/// Grades submissions, several at a time. Whatever happens with one, the others do not notice; and each result is kept
/// as soon as it is there.
/// </summary>
/// <param name="folder">Where results go.</param>
/// <param name="secret">What hidden seeds are drawn from; null: the sheet has none.</param>
public sealed class Grader(Sheet sheet, Sandbox sandbox, string folder, byte[]? secret) : IDisposable
{
    /// <summary>Of results, for the teacher only.</summary>
    public const string ResultsFolder = ".results";

    private readonly ResultStore _store = new(Path.Combine(folder, ResultsFolder));
    private readonly Workshop _workshop = new(sandbox, sheet);
    private int _done;

    /// <summary>Checks that are done; may be asked at any time.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>How many of these were there already.</summary>
    public int Kept { get; private set; }

    /// <param name="jobs">How many at a time.</param>
    /// <param name="told">Hears when all of a submission is done; null: nobody.</param>
    /// <exception cref="OperationCanceledException">It was stopped; what was done is kept.</exception>
    public IReadOnlyList<Grade> Run(
        IReadOnlyList<Submission> submissions, int jobs, CancellationToken stop, Action<Grade>? told = null)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        var results = submissions.Select(_ => new CheckResult?[sheet.Checks.Count]).ToArray();
        var left = submissions.Select(_ => sheet.Checks.Count).ToArray();
        (int Student, int Check)[] work =
            [.. submissions.SelectMany((_, i) => sheet.Checks.Select((_, j) => (i, j)))];

        // Threads of its own, since each mostly waits for a program.
        var next = -1;
        var threads = Enumerable.Range(0, jobs).Select(_ => new Thread(Work)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        stop.ThrowIfCancellationRequested();
        return [.. submissions.Select((one, i) => Grade(one, results[i]))];

        void Work()
        {
            for (int i; !stop.IsCancellationRequested && (i = Interlocked.Increment(ref next)) < work.Length;)
            {
                var (student, check) = work[i];
                try
                {
                    results[student][check] = Of(submissions[student], sheet.Checks[check], stop);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }

                Interlocked.Increment(ref _done);
                if (Interlocked.Decrement(ref left[student]) == 0)
                {
                    told?.Invoke(Grade(submissions[student], results[student]));
                }
            }
        }
    }

    /// <summary>All of them in one network.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public LeagueResult RunLeague(IReadOnlyList<Submission> submissions, CancellationToken stop) =>
        new League(_workshop, submissions).Run(stop);

    public void Dispose() => _workshop.Dispose();

    private Grade Grade(Submission submission, CheckResult?[] results) =>
        new(submission, [.. sheet.Checks.Zip(results, (check, result) => (check, result!))]);

    private CheckResult Of(Submission submission, Check check, CancellationToken stop)
    {
        IReadOnlyList<ulong> seeds = check is ScenarioCheck scenario ? Seeds.Of(scenario, secret) : [];
        var key = GradingKeys.Of(submission, sheet, check, seeds, sandbox.Name);
        if (_store.Find(submission.Name, check.Name, key) is { } kept)
        {
            lock (_store)
            {
                Kept++;
            }

            return kept;
        }

        IEnumerable<string> runs = check is ScenarioCheck named
            ? ScenarioGrading.Runs(named, seeds)
            : ((RuleCheck)check).Rules;
        CheckResult result;
        try
        {
            var piece = _workshop.Of(submission);
            result = piece.Problem is { } problem
                ? CheckResult.Of(runs, Outcome.Broken, problem)
                : check is ScenarioCheck played
                    ? ScenarioGrading.Grade(_workshop, piece, played, seeds, stop)
                    : RuleGrading.Grade(_workshop, piece, (RuleCheck)check, stop);
        }
#pragma warning disable CA1031 // A mistake of ours with one program must not cost the others their grades.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return CheckResult.Of(runs, Outcome.Unknown, $"the grader failed, not the program: {error.Message}") with
            {
                IsOurFault = true,
            };
        }

        _store.Keep(submission.Name, check.Name, key, result);
        return result;
    }
}
