namespace Blockchain.Observatory.State;

/// <summary>How much a <see cref="NetworkFold"/> keeps; the oldest goes first.</summary>
public sealed record StateLimits
{
    public static StateLimits Default { get; } = new();

    /// <summary>Peers beyond these are not told of: nobody can look at more.</summary>
    public int Peers { get; init; } = 20_000;

    /// <summary>On the blacklist of one peer; those beyond are not told of.</summary>
    public int Banned { get; init; } = 1_000;

    public int Links { get; init; } = 200_000;

    public int Blocks { get; init; } = 200;

    public int RecentArrivals { get; init; } = 1_000;

    public int Relays { get; init; } = 2_000;

    public int Remarks { get; init; } = 500;

    public int Reorganisations { get; init; } = 500;

    /// <summary>A quarter of an hour by default.</summary>
    public int Buckets { get; init; } = 180;
}
