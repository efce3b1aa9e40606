using System.Runtime.CompilerServices;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>The messages that wait for one target: a first-in-first-out queue for each priority.</summary>
public sealed class TargetQueue
{
    // Most targets of a large network never wait, so that nothing is kept for it.
    private Queue<Transmission>?[]? _byPriority;
    private InTurns _inTurn;
    private TokenBucket _limit;

    internal TargetQueue(TokenBucket limit) => _limit = limit;

    /// <summary>The target's rate limit is exhausted; it takes part again when a token is there.</summary>
    internal bool IsParked { get; set; }

    public int Count(MessagePriority priority) => _byPriority?[(int)priority]?.Count ?? 0;

    public IEnumerable<Message> Waiting(MessagePriority priority) =>
        _byPriority?[(int)priority]?.Select(transmission => transmission.Payload) ?? [];

    internal bool HasToken(TimeSpan now) => _limit.NextToken(now) <= now;

    internal void TakeToken(TimeSpan now) => _limit.TryTake(now);

    internal TimeSpan NextToken(TimeSpan now) => _limit.NextToken(now);

    internal void Enqueue(MessagePriority priority, Transmission transmission)
    {
        _byPriority ??= new Queue<Transmission>?[MessagePriorities.Count];
        (_byPriority[(int)priority] ??= new Queue<Transmission>()).Enqueue(transmission);
    }

    internal Transmission Dequeue(MessagePriority priority) => _byPriority![(int)priority]!.Dequeue();

    /// <summary>Whether it stands in the round of this priority, where it may stand once only.</summary>
    internal ref bool InTurn(MessagePriority priority) => ref _inTurn[(int)priority];

    [InlineArray(MessagePriorities.Count)]
    private struct InTurns
    {
        private bool _first;
    }
}
