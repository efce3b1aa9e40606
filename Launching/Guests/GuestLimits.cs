namespace Blockchain.Launching.Guests;

/// <summary>What a program of somebody else may take.</summary>
public sealed record GuestLimits
{
    public static GuestLimits Default { get; } = new();

    /// <summary>Real time for one turn.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What it may write in one turn.</summary>
    public int TurnBytes { get; init; } = 16 * 1024 * 1024;
}
