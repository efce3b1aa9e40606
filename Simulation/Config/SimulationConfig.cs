using Blockchain.Simulation.Invariants;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation;

/// <summary>
/// All that a run follows from: the same configuration gives the same run, event by event, on every machine.
/// <see cref="SimulationJson"/> writes and reads it.
/// </summary>
public sealed record SimulationConfig
{
    public required NetworkConfig Network { get; init; }

    /// <summary>
    /// Everything random follows from this: the network, its links, its peers, the workload, the faults.
    /// </summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Virtual time before zero. The peers start at its beginning, greet their neighbours and ask for headers; what is
    /// made, done and counted begins at zero.
    /// </summary>
    public TimeSpan WarmUp { get; init; }

    public WorkloadConfig Workload { get; init; } = new();

    public StopCondition Stop { get; init; } = new();

    /// <summary>What is done to the network when, in any order.</summary>
    public IReadOnlyList<Act> Faults { get; init; } = [];

    public CheckConfig Checks { get; init; } = new();
}

/// <summary>Which <see cref="IInvariant"/>s are checked, and how often.</summary>
public sealed record CheckConfig
{
    /// <summary>Names of <see cref="StandardInvariants"/>; null: all of them; empty: none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Virtual time between two checks; zero: only those at each event and at the end.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);
}
