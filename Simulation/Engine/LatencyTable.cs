using Blockchain.Shared;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Latencies between regions: Pareto with shape 0.2 m and scale m - 5 for a mean of m milliseconds, so that the mean is
/// m and nothing is faster than m - 5. The form is SimBlock's (Network.java, getLatency; Aoki et al., "SimBlock: A
/// Blockchain Network Simulator", 2019). It is drawn anew for each message.
/// </summary>
internal sealed class LatencyTable
{
    private const double SpreadMs = 5;
    private const double LeastShape = 1.5;

    private readonly int _regions;
    private readonly double[] _scaleTicks;
    private readonly double[] _inverseShape;

    /// <param name="meanMs">From region to region, in milliseconds.</param>
    /// <param name="factor">Multiplies what is drawn.</param>
    public LatencyTable(double[][] meanMs, double factor)
    {
        _regions = meanMs.Length;
        _scaleTicks = new double[_regions * _regions];
        _inverseShape = new double[_regions * _regions];
        for (var from = 0; from < _regions; from++)
        {
            for (var to = 0; to < _regions; to++)
            {
                // With 5 ms and less the distribution would have no mean; short links are narrower in proportion.
                var mean = meanMs[from][to];
                var spread = Math.Min(SpreadMs, mean / LeastShape);
                _scaleTicks[(from * _regions) + to] = (mean - spread) * factor * TimeSpan.TicksPerMillisecond;
                _inverseShape[(from * _regions) + to] = spread / mean;
            }
        }
    }

    /// <summary>The mean of what is drawn.</summary>
    public TimeSpan Mean(int pair) =>
        TimeSpan.FromTicks((long)Math.Round(_scaleTicks[pair] / (1 - _inverseShape[pair])));

    public int Pair(int from, int to) => (from * _regions) + to;

    /// <summary>One latency, in ticks.</summary>
    /// <param name="uniform">In [0, 1).</param>
    public long Next(int pair, double uniform) =>
        (long)(_scaleTicks[pair] * PortableMath.Exp(PortableMath.Exponential(uniform) * _inverseShape[pair]));
}
