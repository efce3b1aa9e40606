using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>
/// Something that must hold in every run, whatever happens. It only looks: at times, or also at
/// each of some events. Every method returns what is wrong, or null.
/// </summary>
public interface IInvariant
{
    /// <summary>In kebab-case, as it stands in configurations and reports.</summary>
    string Name { get; }

    /// <summary>At intervals.</summary>
    string? Check(SimulationRun run) => null;

    /// <summary>Once, when everything has settled.</summary>
    string? CheckAtEnd(SimulationRun run) => null;

    /// <summary>
    /// Why the protocol does not promise it in this run, so that it is not checked: ends a sentence that begins "not
    /// promised because". Null: it is promised.
    /// </summary>
    string? WhyNotPromised(SimulationRun run) => null;
}

/// <summary>One of which <see cref="IInvariant.CheckAtEnd"/> becomes true some time, and the run waits for it.</summary>
public interface IEventualInvariant : IInvariant;

/// <summary>An invariant that looks at every message.</summary>
public interface IDeliveryInvariant : IInvariant
{
    /// <summary>Whether messages from the one to the other are to be looked at; asked once for the two.</summary>
    bool Concerns(SimulatedPeer from, SimulatedPeer to) => true;

    /// <summary>A message is about to be received.</summary>
    string? OnDelivery(SimulatedPeer from, SimulatedPeer to, Message message);
}

/// <summary>An invariant that looks at every block that a peer takes.</summary>
public interface IAcceptanceInvariant : IInvariant
{
    /// <summary>A peer took a block, or its header, into its tree.</summary>
    string? OnAccepted(SimulatedPeer peer, ChainNode node);
}

/// <summary>An invariant that looks at every ban.</summary>
public interface IBanInvariant : IInvariant
{
    /// <summary>A peer banned another one.</summary>
    string? OnBanned(SimulatedPeer peer, SimulatedPeer banned);
}

/// <summary>A run broke an invariant, and ended with that.</summary>
public sealed class InvariantViolationException : Exception
{
    public InvariantViolationException(string invariant, ulong seed, TimeSpan at, string details)
        : base($"{invariant} was broken at {at.TotalSeconds:F6} s with seed {seed}: {details}")
    {
        Invariant = invariant;
        Seed = seed;
        At = at;
        Details = details;
    }

    /// <summary>Its name.</summary>
    public string Invariant { get; }

    public ulong Seed { get; }

    /// <summary>Virtual time since the start of the run.</summary>
    public TimeSpan At { get; }

    public string Details { get; }
}
