namespace Blockchain.Simulation.Engine;

/// <summary>What an event is about.</summary>
internal enum EventKind
{
    /// <summary>A peer has something to do by itself.</summary>
    Wake,

    /// <summary>A message arrives.</summary>
    Deliver,

    /// <summary>Something of the simulator's own: workload, faults, checks.</summary>
    Act,
}

/// <param name="Peer">Index of the peer that it happens to.</param>
/// <param name="Number">Of a Wake: the life of the peer that it was meant for. Of a Deliver: the sender's index.</param>
/// <param name="Content">Of a Deliver: the transmission. Of an Act: what to do.</param>
/// <param name="Bytes">Of a Deliver: what has yet to take its turn on the receiver's line.</param>
internal readonly record struct SimulationEvent(EventKind Kind, int Peer, int Number, object? Content, int Bytes = 0);

/// <summary>Everything that will happen, in the order of (time, sequence).</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<SimulationEvent, (long Time, long Sequence)> _queue = new();
    private long _sequence;

    public int Count => _queue.Count;

    /// <summary>Ticks; <see cref="long.MaxValue"/> when there is nothing.</summary>
    public long NextTime => _queue.TryPeek(out _, out var first) ? first.Time : long.MaxValue;

    public void Add(long time, in SimulationEvent value) => _queue.Enqueue(value, (time, _sequence++));

    public SimulationEvent Take(out long time)
    {
        _queue.TryDequeue(out var value, out var key);
        time = key.Time;
        return value;
    }
}
