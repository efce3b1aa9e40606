using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Hunting;

namespace Blockchain.Trials;

/// <summary>What happens to a network, and what must then be true. docs/scenarios.md has its form as a file.</summary>
/// <param name="Name">Of its file, without folder and extension.</param>
public sealed record Scenario(string Name, NetworkPlan Network, IReadOnlyList<Step> Steps)
{
    /// <summary>One sentence for people.</summary>
    public string About { get; init; } = "";

    /// <summary>Everything random follows from it, on real hosts as far as the scenario is concerned.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where it can run; <see cref="HostNames"/>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = HostNames.All;

    /// <summary>The invariants that a simulation checks meanwhile; null: all.</summary>
    public IReadOnlyList<string>? Invariants { get; init; }

    /// <summary>What a hunt may change; null: <see cref="Promise.LimitsOf"/> decides it.</summary>
    public HuntLimits? Hunt { get; init; }

    public IEnumerable<Act> Acts => Steps.Select(step => step.Act).OfType<Act>();
}
