using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation;

/// <summary>
/// One peer of a simulated network: the <see cref="Peer"/> of the core, and what its host knows of it.
/// </summary>
public sealed class SimulatedPeer : ITransmitter, IPeerListener
{
    private readonly SimulationRun _run;

    internal SimulatedPeer(SimulationRun run, int index, PeerPlan plan, IReadOnlyList<PeerInfo> known)
    {
        _run = run;
        Index = index;
        Plan = plan;
        IsNated = plan.Info.Nat;
        Known = known;
    }

    /// <summary>Its number in <see cref="SimulationRun.Peers"/>.</summary>
    public int Index { get; }

    public PeerPlan Plan { get; }

    public PeerId Id => Plan.Id;

    /// <summary>The peer itself; after a crash, as it was then. Null before its first start.</summary>
    public Peer Core { get; private set; } = null!;

    public bool IsRunning { get; private set; }

    /// <summary>
    /// It was honest by its behaviour in all its lives so far. Of a guest nobody can tell, and so it is not.
    /// </summary>
    public bool IsHonest { get; internal set; }

    /// <summary>Why the program of somebody else failed that it is; null: it did not.</summary>
    public string? GuestFailure { get; private set; }

    /// <summary>It is behind NAT.</summary>
    public bool IsNated { get; }

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>
    /// Sum of the ids in its tree: two peers that have the same number of blocks and the same sum have the same blocks.
    /// </summary>
    public UInt128 TreeDigest { get; internal set; }

    /// <summary>
    /// What it counts: by itself if somebody observes it, else together with all that nobody observes.
    /// </summary>
    public PeerCounters Counters { get; internal set; } = null!;

    internal IReadOnlyList<PeerInfo> Known { get; }

    /// <summary>How many peers it knows at the start.</summary>
    public int Degree => Known.Count;

    /// <summary>What it signs with in a signed network; of its present life.</summary>
    internal SignedNetwork? Identity { get; private set; }

    internal ISimulatedPeerObserver? Observer { get; set; }

    /// <summary>When its <see cref="Peer.Advance"/> is due, in ticks.</summary>
    internal long WakesAt { get; set; } = long.MaxValue;

    internal LinkEnd Line { get; set; } = new();

    /// <summary>Tells the peer something; the simulator then looks at when it must be called next.</summary>
    public CommandResult Apply(PeerCommand command)
    {
        var result = Core.Apply(_run.Now, command);
        _run.PlanWake(this);
        return result;
    }

    /// <param name="orders">What it is told before it does anything.</param>
    internal void Start(ulong seed, IReadOnlyList<PeerCommand>? orders = null)
    {
        Identity = _run.Signatures?.Of(Id);
        var addresses = Core?.Addresses;
        var guest = _run.Guests?.Invoke(Plan);
        Core = new Peer(
            Plan,
            Known,
            this,
            this,
            seed,
            Observer,
            Counters,
            Identity is null ? null : new() { Identity = Identity },
            guest: guest is null ? null : new GuestNode(guest, id => _run.Find(id)?.Plan.Info),
            lines: _run.LinesOf(Plan));
        if (addresses is not null)
        {
            // As Bitcoin Core's peers.dat outlives it.
            Core.Addresses = addresses;
        }

        IsHonest &= guest is null;
        Core.Tracer = Observer is { WantsMessages: true } asks ? new MessageTracer(Id, asks.Happened) : null;
        _run.Started(this);
        IsHonest &= !Plan.Malicious;
        IsRunning = true;
        Lives++;
        TreeDigest = 0;
        WakesAt = long.MaxValue;
        if (Observer is { } observer)
        {
            foreach (var fact in PeerSnapshot.Take(Core, _run.Now, started: _run.Now, blocks: []))
            {
                observer.Happened(fact);
            }
        }

        foreach (var order in orders ?? [])
        {
            IsHonest &= order is not SetMalicious { Value: true };
            Core.Apply(_run.Now, order);
        }

        Core.Start(_run.Now);
        _run.PlanWake(this);
    }

    internal void Stop()
    {
        if (IsRunning)
        {
            IsRunning = false;
            Observer?.Happened(new PeerDown(_run.Now, Id));
        }
    }

    void ITransmitter.Transmit(in Transmission transmission) => _run.Carry(this, transmission);

    void IPeerListener.Happened(PeerEvent what)
    {
        if (what is BlockAccepted accepted)
        {
            TreeDigest += accepted.Block.Leading128;
        }

        Observer?.Happened(what);
        _run.Happened(this, what);
        if (what is GuestFailed failed)
        {
            GuestFailure = failed.Why;
            Stop();
        }
    }

    public override string ToString() =>
        $"{Id} {(IsRunning ? "up" : "down")} height {Core?.Ledger.Chain.Height} tip "
            + $"{Core?.Ledger.Chain.Tip?.Id.ToString()[..8]} "
        + $"orphans {Core?.Ledger.Chain.Orphans.Count} pool {Core?.Ledger.Pool.Count} "
        + $"peers [{string.Join(' ', Core?.Table.All.Select(peer => $"{peer.Id}{(peer.IsBanned
            ? "!" : string.Empty)}:{peer.Status}") ?? [])}]";
}
