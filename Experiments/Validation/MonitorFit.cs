using Blockchain.Simulation;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Blockchain.Experiments.Validation;

/// <summary>When the peers of a network announced a block to a monitor, from the first announcement.</summary>
/// <param name="Half">Seconds until half of the announcements were there.</param>
/// <param name="Most">Seconds until nine tenths were.</param>
internal readonly record struct MonitorTimes(double Half, double Most)
{
    /// <summary>What a monitor hears in simulated networks, on the average.</summary>
    /// <returns>Null if in one no block was announced by half of the peers within half a minute.</returns>
    public static MonitorTimes? In(IEnumerable<SimulationConfig> configs)
    {
        var heard = configs.AsParallel().AsOrdered()
            .Select(config => new SimulationRun(config).Run().Monitor)
            .ToArray();
        return heard.All(monitor => monitor is { P50: not null, P90: not null })
            ? new MonitorTimes(
                heard.Average(monitor => monitor!.P50!.Value), heard.Average(monitor => monitor!.P90!.Value))
            : null;
    }
}

/// <summary>
/// Finds a network in which a monitor hears what one has measured. Two figures give two unknowns: the pace of all links
/// (latencies times, bandwidths divided by it) moves half of the announcements, and the delay of the slow peers makes the
/// tail. By the simplex of Nelder and Mead (1965), with the same seeds in every step.
/// </summary>
internal static class MonitorFit
{
    /// <summary>
    /// Twice the tenth in which a tail is measured; how slow these peers are is fitted, since both move the same thing.
    /// </summary>
    public const double SlowShare = 0.2;

    private const double Tolerance = 0.01;
    private const int MostSteps = 30;
    private const double Never = 10;
    private const int Blocks = 15;

    /// <summary>Others than those with which anybody would try the network.</summary>
    private static readonly ulong[] Seeds = [1_000_001, 1_000_002, 1_000_003];

    /// <param name="network">Its pace and delays are what is looked for.</param>
    /// <param name="tried">Hears of each network that was tried; null: nobody.</param>
    /// <returns>The network, and what a monitor hears in it.</returns>
    public static (GeneratedNetwork Network, MonitorTimes Heard) To(
        MonitorTimes measured, GeneratedNetwork network, Action<GeneratedNetwork, MonitorTimes?>? tried = null)
    {
        var start = Vector<double>.Build.DenseOfArray([0, 0]);
        var steps = Vector<double>.Build.DenseOfArray([0.5, 1]);
        var found = new NelderMeadSimplex(Tolerance, MostSteps);
        (GeneratedNetwork Network, MonitorTimes Heard, double Error)? best = null;
        try
        {
            found.FindMinimum(ObjectiveFunction.Value(Error), start, steps);
        }
        catch (MaximumIterationsException)
        {
            // The best so far is as good as the noise allows.
        }

        return best is var (fitted, heard, _)
            ? (fitted, heard)
            : throw new InvalidOperationException("In none of the networks did a block reach half of the peers.");

        double Error(Vector<double> at)
        {
            var candidate = With(network, Math.Exp(at[0]), TimeSpan.FromSeconds(Math.Exp(at[1])));
            var heardNow = MonitorTimes.In(Seeds.Select(seed => Config(candidate, seed, Blocks)));
            tried?.Invoke(candidate, heardNow);
            if (heardNow is not { } times)
            {
                return Never;
            }

            var error = Square(Math.Log(times.Half / measured.Half)) + Square(Math.Log(times.Most / measured.Most));
            if (best is null || error < best.Value.Error)
            {
                best = (candidate, times, error);
            }

            return error;
        }
    }

    /// <summary>A network with a monitor, and blocks so rare that each is alone.</summary>
    public static SimulationConfig Config(GeneratedNetwork network, ulong seed, int blocks) => new()
    {
        Network = network with { Monitor = true },
        Seed = seed,
        WarmUp = network.JoiningTakes,
        Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10) },
        Stop = new StopCondition { Blocks = blocks },
        Checks = BaseNetworks.Checks,
    };

    private static GeneratedNetwork With(GeneratedNetwork network, double pace, TimeSpan slowDelay) => network with
    {
        LatencyFactor = pace,
        BandwidthFactor = 1 / pace,
        SlowShare = SlowShare,
        SlowDelay = slowDelay,
    };

    private static double Square(double value) => value * value;
}
