namespace Blockchain.Trials.Evidence;

/// <summary>How the numbers of a metric go together.</summary>
public enum MetricKind
{
    /// <summary>It only grows; those of several peers are added.</summary>
    Counter,

    /// <summary>It is what it is now; each peer has its own.</summary>
    Gauge,

    /// <summary>Many values, of which a percentile is looked at.</summary>
    Distribution,
}
