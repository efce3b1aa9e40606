namespace Blockchain.Launching.Guests;

/// <summary>What a program of somebody else may take.</summary>
public sealed record GuestLimits
{
    private const long MiB = 1024 * 1024;

    public static GuestLimits Default { get; } = new();

    /// <summary>Real time for one turn.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What it may write in one turn.</summary>
    public int TurnBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Lines that it may write in one turn.</summary>
    public int TurnLines { get; init; } = 100_000;

    /// <summary>
    /// Turns at one moment of virtual time: who always wants to be woken now never lets it pass.
    /// </summary>
    public int TurnsAtOnce { get; init; } = 20_000;

    /// <summary>Real time for all its turns together; null: as long as it likes.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>What it may write to standard error in all.</summary>
    public long ErrorBytes { get; init; } = 64 * MiB;

    /// <summary>Bytes of memory; a sandbox sees to it.</summary>
    public long Memory { get; init; } = 512 * MiB;

    /// <summary>Time of a processor, of each of its processes; a sandbox sees to it.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes that it may write to files; a sandbox sees to it.</summary>
    public long Output { get; init; } = 64 * MiB;

    /// <summary>
    /// Processes and threads; a sandbox sees to it. Runtimes with a garbage collector need some thirty.
    /// </summary>
    public int Processes { get; init; } = 128;
}
