namespace Blockchain.Shared;

/// <summary>How the latency of each message is drawn from the two ends of a range.</summary>
public enum LatencyShape
{
    /// <summary>Uniformly between them.</summary>
    Uniform,

    /// <summary>Log-normal: the ends are its median and its 90th percentile.</summary>
    LogNormal,

    /// <summary>Pareto: the ends are its median and its 90th percentile.</summary>
    Pareto,
}
