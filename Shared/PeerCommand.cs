using System.Globalization;

namespace Blockchain.Shared;

/// <summary>
/// Something that a peer can be told while it runs, by a person, a fault or a test: see <see cref="Peer.Apply"/>.
/// <see cref="PeerVerb"/> has their form as text.
/// </summary>
public abstract record PeerCommand;

/// <summary>Make a block now.</summary>
public sealed record Mine : PeerCommand;

/// <summary>Make a transaction now.</summary>
/// <param name="To">Who gets the amount; null: the first peer that it knows.</param>
/// <param name="Amount">Above 0.</param>
public sealed record Pay(PeerId? To = null, long Amount = 1) : PeerCommand;

/// <summary>Behave otherwise than the protocol asks for from now on, or be honest again.</summary>
/// <param name="Behaviour">A name of <see cref="Behaviours"/> for that; without <paramref name="Value"/> of no
/// account.</param>
public sealed record SetMalicious(bool Value, string Behaviour = Behaviours.FalseIds) : PeerCommand
{
    /// <summary>The name of how it behaves then.</summary>
    internal string Becomes => Value ? Behaviour : Behaviours.Honest;
}

/// <summary>Make transactions and blocks at intervals, or rest.</summary>
public sealed record SetGenerating(bool Value) : PeerCommand;

/// <summary>Cut off the peer's network from the others, or connect it again.</summary>
public sealed record SetCutOff(bool Value) : PeerCommand;

/// <summary>Stand still, or go on.</summary>
public sealed record SetPaused(bool Value) : PeerCommand;

/// <summary>
/// Let nothing of this peer get to some others from now on; an empty set: everything to everybody. It is one direction
/// only, so that a partition of both is told to both sides.
/// </summary>
/// <param name="From">To whom nothing gets, as the next hop of a message.</param>
public sealed record SetPartition(PeerSet From) : PeerCommand;

/// <summary>
/// Change what the simulated network does to what is sent from now on; null: as it is. A latency that is given alone
/// moves the other bound along where that would be on its wrong side.
/// </summary>
/// <param name="Loss">Share of the messages, 0..1.</param>
public sealed record SetConditions(
    double? Loss = null, TimeSpan? LatencyMin = null, TimeSpan? LatencyMax = null) : PeerCommand
{
    /// <summary>Less is no limit that a network could live with, more is none at all.</summary>
    public const double MinCapacity = 0.001;

    public const double MaxCapacity = 1_000_000_000;

    /// <summary>How many messages in a row are lost on average; 1: no loss depends on another.</summary>
    public double? Burst { get; init; }

    /// <summary>
    /// Messages a second that leave at most, in place of what the plan says; 0: no limit. With <see cref="To"/>: that
    /// go to each of these peers at most, in addition.
    /// </summary>
    public double? Capacity { get; init; }

    /// <summary>
    /// Hold only for what goes to these peers as the next hop; each pair has losses of its own. Such a pair begins with
    /// the conditions that the peer has at that moment. Null: for all other peers.
    /// </summary>
    public PeerSet? To { get; init; }

    /// <summary>
    /// Back to what the plan says; with <see cref="To"/>: these pairs have the conditions of the peer again. Nothing
    /// else is given then.
    /// </summary>
    public bool Clear { get; init; }

    internal static string CapacityRule { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"capacity must be 0 for no limit, or a number of messages a second from {MinCapacity} to {MaxCapacity}");

    /// <summary>
    /// What is wrong with the command, whatever the conditions are now, in one sentence; null: nothing.
    /// </summary>
    internal string? Shape => this switch
    {
        { Clear: true } when (Loss, LatencyMin, LatencyMax, Burst, Capacity) is not (null, null, null, null, null) =>
            "clear stands alone or with to",
        { To.Count: 0 } => "to must name at least one peer",
        { Capacity: not (null or 0 or (>= MinCapacity and <= MaxCapacity)) } => CapacityRule,
        _ => null,
    };

    /// <summary>What the conditions become. Who gives a latency, gives a range to draw it uniformly from.</summary>
    internal NetworkConditions Apply(NetworkConditions now)
    {
        var min = LatencyMin ?? (LatencyMax < now.Latency.Min ? LatencyMax.Value : now.Latency.Min);
        var max = LatencyMax ?? (LatencyMin > now.Latency.Max ? LatencyMin.Value : now.Latency.Max);
        var shape = (LatencyMin ?? LatencyMax) is null ? now.Shape : LatencyShape.Uniform;
        return new NetworkConditions(Loss ?? now.Loss, new Range<TimeSpan>(min, max), Burst ?? now.Burst, shape);
    }

    /// <summary>This command and an earlier one as one that does the same.</summary>
    internal SetConditions After(SetConditions earlier)
    {
        var (min, max) = (LatencyMin ?? earlier.LatencyMin, LatencyMax ?? earlier.LatencyMax);
        if (min > max)
        {
            // As it moves the other end of a range.
            (min, max) = LatencyMin is null ? (max, max) : (min, min);
        }

        return new SetConditions(Loss ?? earlier.Loss, min, max) { Burst = Burst ?? earlier.Burst };
    }
}

/// <summary>Make so many transactions a second, instead of those of the plan.</summary>
/// <param name="PerSecond">0 to <see cref="Peer.MaxLoad"/>; zero ends it.</param>
/// <param name="Time">How long; zero: until told otherwise.</param>
public sealed record SetLoad(double PerSecond, TimeSpan Time = default) : PeerCommand;
