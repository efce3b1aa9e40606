using Blockchain.Shared.Outbox;

namespace Blockchain.Simulation.Engine;

/// <summary>What an event is about.</summary>
internal enum EventKind
{
    /// <summary>A peer has something to do by itself.</summary>
    Wake,

    /// <summary>A message arrives.</summary>
    Deliver,

    /// <summary>A message could not leave.</summary>
    Fail,

    /// <summary>Something of the simulator's own: workload, faults, checks.</summary>
    Act,
}

/// <summary>One event. Its members depend on its kind, since there are too many of them for objects.</summary>
internal readonly struct SimulationEvent
{
    private SimulationEvent(
        EventKind kind, int number, int life, int bytes, in Transmission transmission, Action? action)
    {
        Kind = kind;
        Number = number;
        Life = life;
        Bytes = bytes;
        Transmission = transmission;
        Action = action;
    }

    public EventKind Kind { get; }

    /// <summary>Of a Wake: the index of the peer. Of a Deliver or Fail: that of the link.</summary>
    public int Number { get; }

    /// <summary>Of a Wake: the life of the peer that it was meant for.</summary>
    public int Life { get; }

    /// <summary>Of a Deliver: what has yet to take its turn on the receiver's line.</summary>
    public int Bytes { get; }

    /// <summary>Of a Deliver or Fail.</summary>
    public Transmission Transmission { get; }

    /// <summary>Of an Act.</summary>
    public Action? Action { get; }

    public static SimulationEvent Wake(int peer, int life) => new(EventKind.Wake, peer, life, 0, default, null);

    public static SimulationEvent Deliver(int link, int bytes, in Transmission transmission) =>
        new(EventKind.Deliver, link, 0, bytes, transmission, null);

    public static SimulationEvent Fail(int link, in Transmission transmission) =>
        new(EventKind.Fail, link, 0, 0, transmission, null);

    public static SimulationEvent Act(Action action) => new(EventKind.Act, 0, 0, 0, default, action);
}
