using Blockchain.Launching;

namespace Blockchain.Lab.Commands;

/// <summary>What <c>up</c> was asked for.</summary>
/// <param name="File">The <c>peers.json</c>.</param>
/// <param name="Duration">Stop by itself after this time; null: when told to.</param>
/// <param name="Network">How the network itself is run.</param>
internal sealed record UpOptions(string File, TimeSpan? Duration, LocalNetworkOptions Network)
{
    /// <summary>Whether the network begins anew: what its peers have kept is deleted first.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Where the Aspire dashboard is wanted; null: nowhere.</summary>
    public int? DashboardPort { get; init; }

    /// <summary>Where the Observatory is wanted; null: nowhere.</summary>
    public int? ObservatoryPort { get; init; }

    /// <summary>Where the private keys of a signed network are; null: beside the file.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>Where the scrape configuration is wanted; null: among the temporary files.</summary>
    public string? ScrapeFolder { get; init; }
}
