using System.Collections.Concurrent;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>
/// Makes the runs of a sweep, several at a time: each is alone on its thread, and none knows of the others.
/// </summary>
internal sealed class SweepRunner(Sweep sweep)
{
    private readonly double[] _shares = new double[sweep.Runs];
    private int _finished;

    /// <summary>How much of the work is done, 0..1; may be asked at any time, from any thread.</summary>
    public double Share => _shares.Sum() / _shares.Length;

    /// <summary>Runs that have come to their end.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>Cancelled, it gives up the runs under way and returns those that are finished.</summary>
    /// <param name="parallelism">Runs at a time; the result does not depend on it.</param>
    /// <exception cref="AggregateException">A run broke an invariant.</exception>
    public SweepResult Run(int parallelism, CancellationToken cancellation = default)
    {
        var rows = new SweepRow?[sweep.Runs];

        // One job at a time to each thread: the last ones may be the longest.
        var jobs = Partitioner.Create(
            sweep.Jobs().Select((job, number) => (job.Case, job.Seed, Number: number)),
            EnumerablePartitionerOptions.NoBuffering);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(jobs, options, job =>
                rows[job.Number] = Run(job.Case, job.Seed, job.Number, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is finished is there.
        }

        return new SweepResult(sweep, [.. rows.OfType<SweepRow>().OrderBy(row => row.Case).ThenBy(row => row.Seed)]);
    }

    private SweepRow? Run(int index, ulong seed, int number, CancellationToken cancellation)
    {
        var run = new SimulationRun(sweep.Cases[index].Config with { Seed = seed });
        var progress = new Progress(share => Volatile.Write(ref _shares[number], share));
        var result = run.Run(progress, cancellation);
        if (cancellation.IsCancellationRequested)
        {
            return null;
        }

        Volatile.Write(ref _shares[number], 1);
        Interlocked.Increment(ref _finished);
        return new SweepRow(index, seed, new FinishedRun(
            result, run.ShareWithin(Measures.Patience), Deceived.In(run), Eclipsed.In(run)));
    }

    // Reports at once, on the thread of the run.
    private sealed class Progress(Action<double> report) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => report(value.Share);
    }
}
