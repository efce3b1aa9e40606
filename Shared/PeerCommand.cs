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

/// <summary>Make up the ids of blocks from now on, or stop doing so.</summary>
public sealed record SetMalicious(bool Value) : PeerCommand;

/// <summary>Make transactions and blocks at intervals, or rest.</summary>
public sealed record SetGenerating(bool Value) : PeerCommand;

/// <summary>Cut off the peer's network from the others, or connect it again.</summary>
public sealed record SetCutOff(bool Value) : PeerCommand;

/// <summary>Stand still, or go on.</summary>
public sealed record SetPaused(bool Value) : PeerCommand;

/// <summary>
/// Change the loss and latency of what is sent from now on; null: as it is. A latency that is given alone moves the
/// other bound along where that would be on its wrong side.
/// </summary>
/// <param name="Loss">Share of the messages, 0..1.</param>
public sealed record SetConditions(double? Loss, TimeSpan? LatencyMin, TimeSpan? LatencyMax) : PeerCommand
{
    /// <summary>What the conditions become.</summary>
    internal NetworkConditions Apply(NetworkConditions now)
    {
        var min = LatencyMin ?? (LatencyMax < now.Latency.Min ? LatencyMax.Value : now.Latency.Min);
        var max = LatencyMax ?? (LatencyMin > now.Latency.Max ? LatencyMin.Value : now.Latency.Max);
        return new NetworkConditions(Loss ?? now.Loss, new Range<TimeSpan>(min, max));
    }
}

/// <summary>Make so many transactions a second, instead of those of the plan.</summary>
/// <param name="PerSecond">0 to <see cref="Peer.MaxLoad"/>; zero ends it.</param>
/// <param name="Time">How long; zero: until told otherwise.</param>
public sealed record SetLoad(double PerSecond, TimeSpan Time = default) : PeerCommand;
