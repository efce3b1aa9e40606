using System.Globalization;

namespace Blockchain.Shared;

/// <summary>What the simulated network does to the messages of one peer.</summary>
/// <param name="Loss">Share of them that are lost on the way, 0..1, in the long run.</param>
/// <param name="Latency">That of each is drawn from this range.</param>
/// <param name="Burst">How many messages in a row are lost on average; 1: no loss depends on another.</param>
/// <param name="Shape">How it is drawn.</param>
public readonly record struct NetworkConditions(
    double Loss, Range<TimeSpan> Latency, double Burst = 1, LatencyShape Shape = LatencyShape.Uniform)
{
    /// <summary>Longer bursts are mistakes: nobody would see a second one.</summary>
    public const double MaxBurst = 1_000_000;

    /// <summary>So that 0.9 in bursts of 9 is possible.</summary>
    private const double Rounding = 1e-9;

    /// <summary>What loss and latency may be, in one sentence.</summary>
    public static string Rule { get; } =
        $"loss must be from 0 to 1, and latency from 0 to {Durations.Format(Durations.Longest)} with min at most max";

    public static string BurstRule { get; } =
        $"burst must be a number of messages from 1 to {MaxBurst.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What is wrong, in one sentence; null: they are possible.</summary>
    public string? Problem
    {
        get
        {
            if (Loss is not (>= 0 and <= 1)
                || Latency.Min < TimeSpan.Zero
                || Latency.Min > Latency.Max
                || Latency.Max > Durations.Longest)
            {
                return Rule;
            }

            return Burst is not (>= 1 and <= MaxBurst) ? BurstRule : BurstProblem ?? ShapeProblem;
        }
    }

    /// <summary>Whether losses come in bursts.</summary>
    public bool IsBursty => Burst > 1;

    /// <summary>
    /// Between two bursts at least one message arrives. So bursts that are short make up a small share only.
    /// </summary>
    private string? BurstProblem => !IsBursty || Loss <= Burst * (1 - Loss) * (1 + Rounding)
        ? null
        : Loss == 1
            ? "where all is lost there are no bursts; give burst=1 too, or a loss below 1"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"a loss of {Loss} needs a burst of at least {Loss / (1 - Loss):0.###} messages, or of 1 for losses "
                    + $"that do not depend on each other");

    /// <summary>Nothing lies between two ends that are equal, and so they have any shape.</summary>
    private string? ShapeProblem => Shape switch
    {
        LatencyShape.Uniform => null,
        _ when Latency.Min == Latency.Max => null,
        _ when Latency.Min == TimeSpan.Zero =>
            $"a latency of the shape {LatencyShapes.NameOf(Shape)} needs a median above 0; its two values are its median "
            + "and its 90th percentile",
        LatencyShape.Pareto when Latency.Max / Latency.Min > LatencyShapes.MostParetoSpread => string.Create(
            CultureInfo.InvariantCulture,
            $"the 90th percentile of a pareto latency is at most {LatencyShapes.MostParetoSpread} times its median; take "
                + $"{LatencyShapes.NameOf(LatencyShape.LogNormal)} for wider ones"),
        _ => null,
    };

    /// <summary>The latency of one message.</summary>
    internal TimeSpan NextLatency(SeededRandom random) => Shape == LatencyShape.Uniform
        ? random.Within(Latency)
        : LatencyShapes.Draw(Shape, Latency, random.NextDouble());
}
