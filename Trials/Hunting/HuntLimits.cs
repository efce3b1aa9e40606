namespace Blockchain.Trials.Hunting;

/// <summary>What a hunt may change of a scenario beside its seed, so that what it expects is still promised.</summary>
public sealed record HuntLimits
{
    public const int MostFaults = 20;

    public static HuntLimits Usual { get; } = new();

    public static HuntLimits SeedsOnly { get; } = new() { Peers = false, Conditions = false, Faults = 0 };

    /// <summary>Whether peers that the scenario does not name may be left out.</summary>
    public bool Peers { get; init; } = true;

    /// <summary>Whether loss, latency and fan-out may be others.</summary>
    public bool Conditions { get; init; } = true;

    /// <summary>How many faults may be added.</summary>
    public int Faults { get; init; } = 3;
}
