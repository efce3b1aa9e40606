namespace Blockchain.Observatory.Recordings;

/// <summary>How much a <see cref="Recording"/> keeps.</summary>
public sealed record RecordingLimits
{
    public static RecordingLimits Default { get; } = new();

    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(10);

    public int Events { get; init; } = 200_000;
}
