using System.Runtime.CompilerServices;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Engine;

/// <summary>What an event is about.</summary>
internal enum EventKind : byte
{
    /// <summary>A peer has something to do by itself.</summary>
    Wake,

    /// <summary>A message arrives.</summary>
    Deliver,

    /// <summary>A compact block arrives.</summary>
    DeliverCompact,

    /// <summary>The sender of a compact block is asked for what the receiver lacks.</summary>
    Complete,

    /// <summary>A message could not leave.</summary>
    Fail,

    /// <summary>Something of the simulator's own: workload, faults, checks.</summary>
    Act,
}

/// <summary>
/// One event, in 32 bytes: there are a million of them at a time, and each is fetched from memory. What its members
/// mean
/// depends on its kind.
/// </summary>
internal readonly struct SimulationEvent
{
    /// <summary>
    /// The message, if all of the transmission is that it goes to its hop; else the transmission; or the action.
    /// </summary>
    private readonly object? _what;
    private readonly RemotePeer? _hop;
    private readonly int _detail;

    private SimulationEvent(EventKind kind, int number, int detail, object? what, RemotePeer? hop)
    {
        Kind = kind;
        Number = number;
        _detail = detail;
        _what = what;
        _hop = hop;
    }

    public EventKind Kind { get; }

    /// <summary>Of a Wake: the index of the peer. Of what is about a message: that of the link.</summary>
    public int Number { get; }

    /// <summary>Of a Wake: the life of the peer that it was meant for.</summary>
    public int Life => _detail;

    /// <summary>Of a Deliver or DeliverCompact: what has yet to take its turn on the receiver's line.</summary>
    public int Bytes => _detail;

    /// <summary>Of what is about a message.</summary>
    public Message Message => _hop is null ? ((Whole)_what!).Transmission.Message : Unsafe.As<Message>(_what)!;

    /// <summary>Of what is about a message.</summary>
    public Transmission Transmission =>
        _hop is null ? ((Whole)_what!).Transmission : new Transmission(_hop, Unsafe.As<Message>(_what)!);

    /// <summary>Of an Act.</summary>
    public Action? Action => _what as Action;

    public static SimulationEvent Wake(int peer, int life) => new(EventKind.Wake, peer, life, null, null);

    public static SimulationEvent Deliver(int link, int bytes, in Transmission transmission) =>
        Of(EventKind.Deliver, link, bytes, transmission);

    public static SimulationEvent DeliverCompact(int link, int bytes, in Transmission transmission) =>
        Of(EventKind.DeliverCompact, link, bytes, transmission);

    public static SimulationEvent Complete(int link, in Transmission transmission) =>
        Of(EventKind.Complete, link, 0, transmission);

    public static SimulationEvent Fail(int link, in Transmission transmission) =>
        Of(EventKind.Fail, link, 0, transmission);

    /// <summary>The same message, through the receiver's line.</summary>
    public SimulationEvent Landed() => new(Kind, Number, 0, _what, _hop);

    public static SimulationEvent Act(Action action) => new(EventKind.Act, 0, 0, action, null);

    /// <summary>Asks for what is delivered to be fetched.</summary>
    public void Prefetch() => Engine.Prefetch.Object(_what);

    private static SimulationEvent Of(EventKind kind, int link, int bytes, in Transmission transmission) =>
        transmission.IsPlain
            ? new(kind, link, bytes, transmission.Message, transmission.Hop)
            : new(kind, link, bytes, new Whole(transmission), null);

    private sealed class Whole(in Transmission transmission)
    {
        public readonly Transmission Transmission = transmission;
    }
}
