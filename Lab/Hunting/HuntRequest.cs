using Blockchain.Trials;

namespace Blockchain.Lab.Hunting;

/// <summary>What the command line of a hunt says.</summary>
internal sealed record HuntRequest(Scenario Scenario)
{
    public static TimeSpan UsualTime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The seed of the first trial.</summary>
    public ulong First { get; init; }

    /// <summary>Trials at most.</summary>
    public int Seeds { get; init; }

    /// <summary>How long to search at most.</summary>
    public TimeSpan For { get; init; }

    /// <summary>Where the result goes; null: a new folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Trials at a time.</summary>
    public int Parallelism { get; init; } = 1;
}
