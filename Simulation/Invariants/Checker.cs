using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>Asks the invariants, and ends the run when one does not hold.</summary>
internal sealed class Checker(SimulationRun run, IReadOnlyList<IInvariant> invariants)
{
    private readonly IDeliveryInvariant[] _ofDeliveries = [.. invariants.OfType<IDeliveryInvariant>()];
    private readonly IAcceptanceInvariant[] _ofAcceptances = [.. invariants.OfType<IAcceptanceInvariant>()];
    private readonly IBanInvariant[] _ofBans = [.. invariants.OfType<IBanInvariant>()];

    /// <summary>What is checked, in the order of checking.</summary>
    public IReadOnlyList<CheckedInvariant> All =>
        [.. invariants.Select(invariant => new CheckedInvariant(invariant.Name, invariant.WhyNotPromised(run)))];

    public void Start() => PlanNext();

    /// <summary>Whether any invariant looks at messages from the one to the other.</summary>
    public bool Watches(SimulatedPeer from, SimulatedPeer to) =>
        Array.Exists(_ofDeliveries, invariant => invariant.Concerns(from, to));

    public void Delivery(SimulatedPeer from, SimulatedPeer to, Message message)
    {
        foreach (var invariant in _ofDeliveries)
        {
            if (invariant.Concerns(from, to))
            {
                Judge(invariant, invariant.OnDelivery(from, to, message));
            }
        }
    }

    public void Accepted(SimulatedPeer peer, Hash256 block)
    {
        if (_ofAcceptances.Length == 0 || !peer.Core.Ledger.Chain.TryGet(block, out var node))
        {
            return;
        }

        foreach (var invariant in _ofAcceptances)
        {
            Judge(invariant, invariant.OnAccepted(peer, node));
        }
    }

    public void Banned(SimulatedPeer peer, SimulatedPeer banned)
    {
        foreach (var invariant in _ofBans)
        {
            Judge(invariant, invariant.OnBanned(peer, banned));
        }
    }

    public void Now()
    {
        foreach (var invariant in invariants)
        {
            Judge(invariant, invariant.Check(run));
        }
    }

    /// <summary>Whether something is not true yet that becomes so some time.</summary>
    public bool IsWaiting =>
        invariants.OfType<IEventualInvariant>().Any(invariant => invariant.CheckAtEnd(run) is not null);

    public void AtEnd()
    {
        Now();
        foreach (var invariant in invariants)
        {
            Judge(invariant, invariant.CheckAtEnd(run));
        }
    }

    private void PlanNext()
    {
        if (run.Config.Checks.Interval > TimeSpan.Zero && invariants.Count > 0)
        {
            run.At(run.Now + run.Config.Checks.Interval, () =>
            {
                Now();

                // Nothing more is made, and the last look comes at the end.
                if (!run.IsSettling)
                {
                    PlanNext();
                }
            });
        }
    }

    private void Judge(IInvariant invariant, string? broken)
    {
        if (broken is not null)
        {
            throw new InvariantViolationException(invariant.Name, run.Config.Seed, run.Elapsed, broken);
        }
    }
}
