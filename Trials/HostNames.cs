namespace Blockchain.Trials;

/// <summary>Where a scenario can run.</summary>
public static class HostNames
{
    /// <summary>In virtual time.</summary>
    public const string Simulation = "simulation";

    /// <summary>As processes of this machine.</summary>
    public const string Local = "local";

    /// <summary>As resources of an Aspire host.</summary>
    public const string Aspire = "aspire";

    public static IReadOnlyList<string> All { get; } = [Simulation, Local, Aspire];
}
