using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>The arguments of an act as they were read, before it is known whether they fit.</summary>
internal sealed class ActDraft
{
    public TimeSpan At { get; set; }

    public PeerChoice? Peers { get; set; }

    public PeerChoice? To { get; set; }

    public PeerChoice? From { get; set; }

    public TimeSpan? For { get; set; }

    public int? Count { get; set; }

    public long? Amount { get; set; }

    public double? PerSecond { get; set; }

    public bool? Value { get; set; }

    public double? Loss { get; set; }

    public double? Burst { get; set; }

    public Range<TimeSpan>? Latency { get; set; }

    public double? Capacity { get; set; }

    public string? Behaviour { get; set; }

    public Direction? Direction { get; set; }

    public TimeSpan? Up { get; set; }

    public TimeSpan? Down { get; set; }

    public int? Group { get; set; }

    public string? Label { get; set; }
}
