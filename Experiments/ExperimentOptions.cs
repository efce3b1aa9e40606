using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>What <c>experiment</c> was asked for, beside the name.</summary>
internal sealed record ExperimentOptions
{
    public const int UsualSeeds = 8;

    public int Seeds { get; init; } = UsualSeeds;

    public const int UsualMostSeeds = 200;

    /// <summary>More seeds until the bands are so narrow, as a share of the mean; null: no more.</summary>
    public double? UntilWidth { get; init; }

    /// <summary>The key of the measure whose bands these are; null: the first that the experiment draws.</summary>
    public string? Of { get; init; }

    public int MostSeeds { get; init; } = UsualMostSeeds;

    /// <summary>Null: the base's.</summary>
    public int? Peers { get; init; }

    /// <summary>Made in each run; null: the base's.</summary>
    public int? Blocks { get; init; }

    /// <summary>Null: the experiment's.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>The experiment whose parameter is changed as well; null: none.</summary>
    public string? With { get; init; }

    /// <summary>Values of that; null: its own.</summary>
    public IReadOnlyList<double>? WithValues { get; init; }

    /// <summary>A network that can be drawn as the base.</summary>
    public NetworkShape? Preset { get; init; }

    /// <summary>A <c>peers.json</c>, or a configuration of the simulator, as the base.</summary>
    public string? File { get; init; }

    /// <summary>Where the results go; null: <c>runs/experiment-NAME</c>, or with a number if that is there.</summary>
    public string? Folder { get; init; }

    /// <summary>Runs at a time.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;
}
