using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Behaviour;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Sending;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>What the parts of one peer share.</summary>
internal sealed class PeerContext
{
    /// <summary>Keeps the salt apart from <see cref="Random"/>, from whose numbers others could compute it.</summary>
    private const ulong SaltStream = 0x5A17_ED1D_5A17_ED1D;

    /// <summary>However slow answers are, so many request timeouts are all that one is given.</summary>
    private const int MaxTimeouts = 8;

    public PeerContext(
        PeerPlan plan,
        ITransmitter transmitter,
        PeerReports reports,
        ulong seed,
        Safeguards? safeguards = null,
        IPeerStorage? storage = null,
        PlannedLines? lines = null)
    {
        Plan = plan;
        safeguards ??= Safeguards.None;
        Identity = safeguards.Identity;
        Miner = safeguards.Miner;
        Transmitter = transmitter;
        Reports = reports;
        Storage = storage;
        Random = new SeededRandom(seed);
        Table = new PeerTable(plan.Info, plan.Settings);
        Routes = new Routes(Table);
        Ids = new SaltedIds(new SeededRandom(seed ^ SaltStream));
        Ledger = new LocalLedger(
            LimitsOf(plan.Settings, safeguards), ForkChoices.Makers[plan.Settings.ForkChoice](), Ids);
        Behave(plan.Behaviour);
        Outbox = new SendScheduler(this, lines);
        Standings = new Standings(this);
    }

    public PeerPlan Plan { get; }

    public PeerInfo Self => Plan.Info;

    public PeerSettings Settings => Plan.Settings;

    /// <summary>Who belongs to a network whose peers sign; null: anybody belongs to this one.</summary>
    public SignedNetwork? Identity { get; }

    /// <summary>Looks for the nonces of our blocks; null: they need none.</summary>
    public IMiner? Miner { get; }

    public ITransmitter Transmitter { get; }

    public PeerReports Reports { get; }

    /// <summary>Null: nothing outlives the process.</summary>
    public IPeerStorage? Storage { get; }

    public SeededRandom Random { get; }

    /// <summary>For every table of what others send.</summary>
    public SaltedIds Ids { get; }

    public TimerQueue Timers { get; } = new();

    public PeerTable Table { get; }

    public Routes Routes { get; }

    public LocalLedger Ledger { get; }

    public SendScheduler Outbox { get; }

    /// <summary>What the others have done wrong.</summary>
    public Standings Standings { get; }

    /// <summary>The peers that it knew at the start.</summary>
    public IEnumerable<PeerInfo> Planned => Table.All.Where(peer => peer.IsPlanned).Select(peer => peer.Info);

    /// <summary>How it behaves now; at the start as its plan says.</summary>
    public IBehaviour Behaviour { get; private set; }

    /// <summary>The name of that.</summary>
    public string BehaviourName { get; private set; }

    /// <summary>The name of its relay rule, if that has messages of its own; else null.</summary>
    public string? SpokenRelay { get; set; }

    /// <summary>How long an answer of this peer may take before somebody else is asked.</summary>
    /// <param name="last">How long its last one took; null: it is not known.</param>
    /// <param name="answers">How long such answers took so far, from any peer, where that is known.</param>
    public TimeSpan Patience(RemotePeer peer, TimeSpan? last = null, TimeSpan answers = default)
    {
        var usual = Settings.RequestTimeout + (2 * (peer.RoundTripBy(last) ?? TimeSpan.Zero));
        var longest = MaxTimeouts * Settings.RequestTimeout;
        var patience = answers > usual ? answers : usual;
        return patience < longest ? patience : longest;
    }

    private static LedgerLimits LimitsOf(PeerSettings settings, Safeguards safeguards) => new()
    {
        Orphans = settings.OrphanLimit,
        PoolTransactions = settings.PoolLimit,
        PoolBytes = settings.PoolBytes,
        BlockBytes = settings.MaxLineBytes - WireLimits.RelayEnvelope,
        Work = safeguards.Work,
    };

    /// <param name="behaviour">A name of <see cref="Behaviours"/>.</param>
    [MemberNotNull(nameof(Behaviour), nameof(BehaviourName))]
    public void Behave(string behaviour)
    {
        Behaviour = Behaviours.Makers[behaviour]();
        BehaviourName = behaviour;
    }

    /// <summary>Drops all that waits to be sent to a peer.</summary>
    public void DropWaiting(TimeSpan now, RemotePeer target, DropReason reason) => Outbox.Clear(now, target, reason);

    /// <summary>Knows a peer no more, except for what it did wrong.</summary>
    public void Forget(TimeSpan now, RemotePeer peer)
    {
        DropWaiting(now, peer, DropReason.Unreachable);
        Standings.Forgotten(now, peer);
        Table.Forget(peer);
    }

    /// <summary>Whether others learn of this block.</summary>
    public bool Shows(Block block) =>
        Behaviour.Shows(block, isOwn: block.Header.Sender == Self.Id) && !Behaviour.Hides(block.Id);

    /// <summary>Describes the chain to others, without what is hidden from them.</summary>
    public IReadOnlyList<Hash256> Locator()
    {
        var end = Ledger.Chain.Tip;
        while (end is not null && Behaviour.Hides(end.Id))
        {
            end = end.Parent;
        }

        return end is null ? [] : Ledger.Chain.Locator(end);
    }

    public Hello NewHello() => new(Self, Random.NextMessageId()) { Relay = SpokenRelay };

    public void Send(TimeSpan now, RemotePeer target, Message message) => Outbox.Enqueue(now, target, message);
}
