using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>A configuration that can be run, and what is to be done with it.</summary>
internal sealed record SimulationRequest(SimulationConfig Config, string Name)
{
    /// <summary>Where the results go; null: a new folder below <see cref="RunFolder.Usual"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether every event is written down.</summary>
    public bool Events { get; init; }

    /// <summary>Whether every single message is among them.</summary>
    public bool Messages { get; init; }

    /// <summary>In which kinds of files each arrival of a block is written down.</summary>
    public IReadOnlyList<string> Arrivals { get; init; } = [];

    /// <summary>Whether the signatures of a signed network are computed, and not only counted.</summary>
    public bool Sign { get; init; }

    /// <summary>Whether each program of somebody else is run twice, and compared.</summary>
    public bool ChecksPrograms { get; init; }

    /// <summary>The arguments of the command line, as they were given.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
