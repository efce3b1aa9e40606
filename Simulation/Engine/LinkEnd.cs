namespace Blockchain.Simulation.Engine;

/// <summary>
/// A peer's connection to the internet: two lines, each of which carries one message after the other.
/// </summary>
internal sealed class LinkEnd
{
    public int Region { get; init; }

    /// <summary>Ticks per byte; zero: unlimited.</summary>
    public double UploadTicks { get; init; }

    /// <summary>Ticks per byte; zero: unlimited.</summary>
    public double DownloadTicks { get; init; }

    /// <summary>Added to each message that it sends or receives.</summary>
    public long DelayTicks { get; init; }

    public bool UsesCompactRelay { get; init; }

    /// <summary>The share of compact blocks from which it cannot rebuild the block.</summary>
    public double CompactFailure { get; init; }

    /// <summary>When the last message has left, in ticks.</summary>
    public long UploadFree { get; set; }

    /// <summary>When the last message has arrived, in ticks.</summary>
    public long DownloadFree { get; set; }
}
