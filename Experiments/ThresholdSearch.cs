using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>
/// Looks by bisection for the value from which on a measure is above zero, with each seed by itself; the interval over
/// the seeds says how sure that is.
/// </summary>
internal static class ThresholdSearch
{
    /// <summary>The last step is half a percent of the range.</summary>
    private const int Halvings = 7;

    /// <returns>Over the seeds that came to an end.</returns>
    public static Interval Run(Study study, Measure measure, int parallelism, CancellationToken cancellation = default)
    {
        var found = new double?[study.Sweep.Seeds];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism };
        Parallel.For(0, found.Length, options, i => found[i] = Find(study, measure, (ulong)i + 1, cancellation));
        return Interval.Of([.. found.OfType<double>()]);
    }

    private static double? Find(Study study, Measure measure, ulong seed, CancellationToken cancellation)
    {
        var (low, high) = (study.Sweep.Cases[0].Value, study.Sweep.Cases[^1].Value);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            var config = study.Experiment.Parameter.Apply(study.Base, middle) with { Seed = seed };
            var result = new SimulationRun(config).Run(cancellation: cancellation);
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            var isAbove = measure.Of(new FinishedRun(result, InTime: null)) > 0;
            (low, high) = isAbove ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }
}
