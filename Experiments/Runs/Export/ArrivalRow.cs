namespace Blockchain.Experiments.Runs.Export;

/// <summary>One row of the exported arrivals; docs/export.md says what its columns are.</summary>
/// <param name="From">Empty: nobody.</param>
/// <param name="Hops">Null: it is not known.</param>
internal readonly record struct ArrivalRow(
    string Block, string Peer, string From, int? Hops, double TimeSeconds, double DelaySeconds);
