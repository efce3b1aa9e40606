using Blockchain.Trials;
using Blockchain.Trials.Hunting;

namespace Blockchain.Experiments.Hunting;

/// <summary>
/// Runs one trial after the other, on several threads, until something is wrong. Of several failures the one with the
/// lowest number counts, so that the same hunt finds the same however many threads there are.
/// </summary>
/// <param name="first">The seed of the first trial.</param>
/// <param name="most">Trials at most.</param>
internal sealed class HuntSearch(Scenario scenario, ulong first, int most, int parallelism)
{
    private readonly Lock _lock = new();
    private int _next;
    private int _done;
    private (int Number, Failure Failure)? _found;

    /// <summary>Trials that have come to their end; may be asked at any time, from any thread.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Null if nothing was found until it was stopped, or until the last trial.</summary>
    public (int Number, Failure Failure)? Run(CancellationToken stop)
    {
        var threads = Enumerable.Range(0, parallelism).Select(_ => new Thread(() => Work(stop))).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        return _found;
    }

    /// <summary>Runs scenarios, several at a time.</summary>
    public static IReadOnlyList<Failure?> RunAll(
        IReadOnlyList<Scenario> scenarios, int parallelism, CancellationToken stop)
    {
        if (scenarios.Count == 1)
        {
            return [HuntedRun.Run(scenarios[0], stop)];
        }

        // What stands behind the first failure nobody asks for.
        var failures = new Failure?[scenarios.Count];
        Parallel.For(
            0,
            scenarios.Count,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism },
            (i, state) =>
            {
                failures[i] = HuntedRun.Run(scenarios[i], stop);
                if (failures[i] is not null)
                {
                    state.Break();
                }
            });
        return failures;
    }

    private void Work(CancellationToken stop)
    {
        while (TryNext(stop, out var number))
        {
            var failure = HuntedRun.Run(Variation.Of(scenario, first, number), stop);
            if (stop.IsCancellationRequested && failure is null)
            {
                return;
            }

            Interlocked.Increment(ref _done);
            if (failure is not null)
            {
                Keep(number, failure);
            }
        }
    }

    private bool TryNext(CancellationToken stop, out int number)
    {
        lock (_lock)
        {
            number = _next;
            if (stop.IsCancellationRequested || number >= most || number > _found?.Number)
            {
                return false;
            }

            _next++;
            return true;
        }
    }

    private void Keep(int number, Failure failure)
    {
        lock (_lock)
        {
            if (_found is null || number < _found.Value.Number)
            {
                _found = (number, failure);
            }
        }
    }
}
