using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Guests;

/// <summary>What a guest does in one turn.</summary>
public sealed record GuestAnswer
{
    public static readonly GuestAnswer Nothing = new();

    /// <summary>What it sends, in this order.</summary>
    public IReadOnlyList<(PeerId To, Message Message)> Messages { get; init; } = [];

    /// <summary>When it wants to be woken: each name has one time, the last one said.</summary>
    public IReadOnlyList<(TimeSpan At, string Timer)> Timers { get; init; } = [];

    /// <summary>How long the turn takes by the clock of the network; what it does, it does at the end.</summary>
    public TimeSpan Cost { get; init; }

    /// <summary>Why it takes no further turn, for people; null: it goes on.</summary>
    public string? Failure { get; init; }
}
