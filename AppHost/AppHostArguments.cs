using Blockchain.Launching.Nodes;

namespace Blockchain.AppHost;

/// <summary>The command line: our own options, and what is left for Aspire.</summary>
/// <param name="PeersFile">A full path, or the default, which starts at the folder of the AppHost.</param>
/// <param name="Duration">After which the network stops by itself; null: when it is told to.</param>
/// <param name="Observability">Whether Prometheus and Grafana are wanted.</param>
/// <param name="OpenObservatory">Whether the Observatory asks for no token.</param>
/// <param name="ScrapeFolder">Where the scrape configuration is wanted; null: among the temporary files.</param>
/// <param name="Data">Where each peer keeps its file; null: as the network's file says.</param>
/// <param name="IsFresh">Whether what the peers have kept is deleted first.</param>
/// <param name="Target">Where a publish goes.</param>
/// <param name="Trials">The scenarios that run in place of a network; null: none.</param>
/// <param name="ForAspire">What Aspire reads itself, such as <c>--operation=publish</c>.</param>
internal sealed record AppHostArguments(
    string PeersFile,
    TimeSpan? Duration,
    bool Observability,
    bool OpenObservatory,
    string? ScrapeFolder,
    string? Data,
    bool IsFresh,
    PublishTarget Target,
    TrialOptions? Trials,
    IReadOnlyList<string> ForAspire);
