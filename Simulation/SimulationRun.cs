using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Engine;
using Blockchain.Simulation.Faults;
using Blockchain.Simulation.Invariants;
using Blockchain.Simulation.Networks;
using Blockchain.Simulation.Results;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation;

/// <summary>
/// A network of many <see cref="Peer"/>s in virtual time, on one thread: one queue of events, ordered by (time,
/// sequence). Nothing in it looks at a clock; the same configuration gives the same events in the same order.
/// </summary>
public sealed class SimulationRun
{
    private const int EventsBetweenReports = 16_384;

    /// <summary>
    /// How many times as long as it is to settle a run waits for what is promised in the end. How long that takes where
    /// more is made than the limits of the peers let through, nobody promises.
    /// </summary>
    private const int MaxSettling = 10;

    private readonly EventQueue _queue = new();
    private readonly List<SimulatedPeer> _peers = [];
    private readonly Dictionary<PeerId, SimulatedPeer> _byId = [];
    private readonly Func<SimulatedPeer, ISimulatedPeerObserver?>? _observe;
    private readonly Deliveries _deliveries;
    private readonly FaultPlan _faults;
    private readonly CacheHints _hints;
    private readonly Workload _workload;
    private readonly Checker _checker;
    private TimeSpan? _settledAt;
    private int _settlings = 1;

    /// <param name="observe">What is to hear of all that happens in a peer, asked once for each; null: nothing.</param>
    /// <param name="invariants">What is checked, in place of what the configuration names.</param>
    /// <param name="signatures">
    /// What each peer of a signed network signs with, if that is to be computed; null: it is only counted.
    /// </param>
    /// <param name="guests">
    /// Who decides in place of the core, asked at each start of each peer; null: nobody, and so if it answers null. The
    /// caller ends them.
    /// </param>
    /// <exception cref="SimulationConfigException">The configuration is impossible.</exception>
    public SimulationRun(
        SimulationConfig config,
        Func<SimulatedPeer, ISimulatedPeerObserver?>? observe = null,
        IReadOnlyList<IInvariant>? invariants = null,
        Func<PeerId, ISignatures>? signatures = null,
        Func<PeerPlan, IGuest?>? guests = null)
        : this(config, BuiltNetwork.Of(config), observe, invariants, signatures, guests)
    {
    }

    /// <param name="network">In place of what the configuration says.</param>
    internal SimulationRun(
        SimulationConfig config,
        BuiltNetwork network,
        Func<SimulatedPeer, ISimulatedPeerObserver?>? observe = null,
        IReadOnlyList<IInvariant>? invariants = null,
        Func<PeerId, ISignatures>? signatures = null,
        Func<PeerPlan, IGuest?>? guests = null)
    {
        Guests = guests;
        Signatures = config.Network is PlannedNetwork { Plan: { IsSigned: true } signed }
            ? new SimulatedSignatures(signed, signatures)
            : null;
        Config = config;
        Now = Start - config.WarmUp;
        _observe = observe;
        Random = new SeededRandom(config.Seed);
        Blocks = new BlockLog(this);
        foreach (var peer in network.Peers)
        {
            Add(peer);
        }

        _workload = new Workload(this, _peers);
        _checker = new Checker(this, invariants ?? StandardInvariants.Of(config.Checks.Names));
        _deliveries = new Deliveries(this, _queue, network, _checker);
        _faults = new FaultPlan(this, Acts);
        _hints = new CacheHints(_queue, _deliveries.Links, _peers);
        if (config.WarmUp > TimeSpan.Zero)
        {
            // Before the acts of the same moment.
            At(Start, EndWarmUp);
        }

        _faults.Start();
        foreach (var peer in _peers)
        {
            if (!peer.Plan.ManualStart && !_faults.IsLate(peer.Id))
            {
                peer.Start(SeedOf(peer));
            }
        }

        if (config.WarmUp > TimeSpan.Zero)
        {
            _peers.ForEach(Rest);
        }
        else
        {
            _workload.Start();
        }

        _checker.Start();
        if (config.Stop.Duration is { } duration)
        {
            At(Start + duration, StopGeneration);
        }
    }

    public SimulationConfig Config { get; }

    /// <summary>What the peers take for the time at the start, after warming up, since the Unix epoch.</summary>
    public static TimeSpan Start { get; } = TimeSpan.FromSeconds(1_795_358_270);

    /// <summary>Virtual time, since the Unix epoch.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Virtual time since the start of the run; below zero while it warms up.</summary>
    public TimeSpan Elapsed => Now - Start;

    /// <summary>Events processed so far.</summary>
    public long Events { get; private set; }

    /// <summary>All peers, whether they run or not, in the order of the network.</summary>
    public IReadOnlyList<SimulatedPeer> Peers => _peers;

    public IEnumerable<SimulatedPeer> Running => _peers.Where(peer => peer.IsRunning);

    public IEnumerable<SimulatedPeer> Honest => Running.Where(peer => peer.IsHonest);

    /// <exception cref="KeyNotFoundException">There is no such peer.</exception>
    public SimulatedPeer this[string id] => _byId[new PeerId(id)];

    public SimulatedPeer? Find(PeerId id) => _byId.GetValueOrDefault(id);

    /// <summary>Nothing new is made any more.</summary>
    public bool IsSettling => _settledAt is not null;

    /// <summary>Why it ended before the blocks were made that it was to wait for; null: it did not.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>What is checked, and what of it the protocol does not promise here.</summary>
    public IReadOnlyList<CheckedInvariant> Invariants => _checker.All;

    internal Func<PeerPlan, IGuest?>? Guests { get; }

    internal SeededRandom Random { get; }

    /// <summary>What the file of the network says of the lines of a peer; null: nothing.</summary>
    internal PlannedLines? LinesOf(PeerPlan peer) =>
        Config.Network is PlannedNetwork { Plan: var plan } ? PlannedLines.Of(plan, peer) : null;

    /// <summary>Null in a network that is not signed.</summary>
    internal SimulatedSignatures? Signatures { get; }

    internal RunStatistics Statistics { get; } = new();

    internal BlockLog Blocks { get; }

    /// <summary>Null: nothing listens.</summary>
    internal MonitorLog? Monitor { get; private set; }

    /// <summary>
    /// Runs to the end. Cancelled, it stops where it is; what came of it so far is the result.
    /// </summary>
    /// <exception cref="InvariantViolationException">An invariant does not hold.</exception>
    public SimulationResult Run(
        IProgress<SimulationProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            return RunToEnd(progress, cancellation);
        }
        catch (AssertionFailedException failed)
        {
            throw new InvariantViolationException("assertions", Config.Seed, Elapsed, failed.Message);
        }
    }

    private SimulationResult RunToEnd(IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            for (var i = 0; i < EventsBetweenReports; i++)
            {
                if (!Step())
                {
                    if (WaitsLonger())
                    {
                        continue;
                    }

                    _checker.AtEnd();
                    progress?.Report(Progress() with { Share = 1 });
                    return Result();
                }
            }

            progress?.Report(Progress());
        }

        return Result();
    }

    /// <summary>Processes the next event.</summary>
    /// <returns>False at the end of the run, when nothing was processed.</returns>
    public bool Step()
    {
        if (_queue.NextTime > (_settledAt ?? TimeSpan.MaxValue).Ticks || _queue.Count == 0)
        {
            return false;
        }

        Process();
        return true;
    }

    /// <summary>Goes on where something promised in the end is not there yet, and may still come.</summary>
    private bool WaitsLonger()
    {
        if (_queue.Count == 0 || _settlings >= MaxSettling || _settledAt is null || !_checker.IsWaiting)
        {
            return false;
        }

        _settlings++;
        _settledAt += Config.Stop.Settle;
        return true;
    }

    /// <summary>Lets time pass, whether anything happens or not, and whatever the stop condition says.</summary>
    public void RunFor(TimeSpan duration)
    {
        var end = Now + duration;
        while (_queue.NextTime <= end.Ticks)
        {
            Process();
        }

        Now = end;
    }

    /// <returns>Whether the condition, looked at every tenth of a second, came true in time.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var end = Now + within;
        while (!condition())
        {
            if (Now >= end)
            {
                return false;
            }

            RunFor(TimeSpan.FromMilliseconds(100));
        }

        return true;
    }

    /// <summary>How long it waited for the last blocks beyond the time to settle; zero: no longer.</summary>
    public TimeSpan ExtraSettling => (_settlings - 1) * Config.Stop.Settle;

    /// <summary>Ends the workload, and what the peers make by themselves.</summary>
    public void StopGeneration()
    {
        if (_settledAt is not null)
        {
            return;
        }

        _settledAt = Now + Config.Stop.Settle;
        _workload.Stop();
        foreach (var peer in _peers)
        {
            Rest(peer);
        }
    }

    /// <summary>
    /// Checks all that must hold now, and with <paramref name="atEnd"/> what must hold once all has settled.
    /// </summary>
    /// <exception cref="InvariantViolationException">It does not.</exception>
    public void Check(bool atEnd)
    {
        if (atEnd)
        {
            _checker.AtEnd();
        }
        else
        {
            _checker.Now();
        }
    }

    /// <summary>Has an act done now, whatever its time says.</summary>
    public void Apply(Act act) => _faults.Apply(act);

    /// <summary>Has acts done by somebody else.</summary>
    internal SimulatedActs Acts => new(this);

    /// <summary>Adds a peer that was in no plan, and starts it.</summary>
    /// <param name="known">The peers that it knows at the start.</param>
    public SimulatedPeer Join(PeerPlan plan, IEnumerable<PeerInfo> known)
    {
        var peer = Add(new BuiltPeer(plan, [.. known], new LinkEnd()));
        peer.Start(SeedOf(peer));
        return peer;
    }

    /// <summary>Starts a peer that is down or was never started, with an empty chain.</summary>
    /// <param name="orders">What it is told before it does anything.</param>
    public void Restart(SimulatedPeer peer, IReadOnlyList<PeerCommand>? orders = null)
    {
        ArgumentNullException.ThrowIfNull(peer);
        peer.Start(SeedOf(peer), orders);
        if (IsSettling || !_workload.PeersGenerate)
        {
            Rest(peer);
        }
    }

    /// <summary>From now on it makes nothing by itself.</summary>
    internal static void Rest(SimulatedPeer peer)
    {
        if (peer is { IsRunning: true, Core.IsGenerating: true })
        {
            peer.Apply(new SetGenerating(false));
        }
    }

    /// <summary>Ends a peer from one moment to the next.</summary>
    public static void Crash(SimulatedPeer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        peer.Stop();
    }

    /// <summary>What came of it so far.</summary>
    public SimulationResult Result() => ResultOf.Run(this, Blocks.Blocks, Blocks.FalseBlocks);

    /// <summary>How large a share of what was to arrive did so within a time, so far.</summary>
    /// <returns>
    /// Of the pairs of an honest block and a peer that it is meant for, its maker excluded; null if there are none.
    /// </returns>
    public double? ShareWithin(TimeSpan time) => ResultOf.ShareWithin(Blocks.Blocks, time);

    /// <summary>The state of every peer in one line each, for messages about failures.</summary>
    public string Describe() => $"seed {Config.Seed}\n" + string.Join('\n', _peers);

    /// <summary>Sees to it that the peer is called when it next has something to do.</summary>
    internal void PlanWake(SimulatedPeer peer)
    {
        // One that stood still has something to do since earlier; time does not go back for it.
        var due = Math.Max(peer.Core.NextDue.Ticks, Now.Ticks);
        if (due < peer.WakesAt)
        {
            peer.WakesAt = due;
            _queue.Add(due, SimulationEvent.Wake(peer.Index, peer.Lives));
        }
    }

    internal void Carry(SimulatedPeer from, in Transmission transmission) => _deliveries.Carry(from, transmission);

    /// <summary>The peer has begun a life.</summary>
    internal void Started(SimulatedPeer peer) => _hints.Started(peer);

    /// <summary>An event of a peer, after its observer has heard of it.</summary>
    internal void Happened(SimulatedPeer peer, PeerEvent what)
    {
        switch (what)
        {
            case BlockAccepted accepted:
                Blocks.Accepted(peer, accepted.Block);
                _checker.Accepted(peer, accepted.Block);
                break;
            case BlockMade made:
                Blocks.Made(peer, made);
                if (Blocks.Blocks.Count == Config.Stop.Blocks && !made.IsFalse)
                {
                    // The maker is still at it; the others end when it is done.
                    At(Now, StopGeneration);
                }

                break;
            case TransactionMade:
                Statistics.TransactionMade();
                break;
            case AttackEnded ended:
                Statistics.AttackEnded(ended.Succeeded);
                break;
            case ChainReorganised change:
                Statistics.Reorganised(change.Depth);
                break;
            case NeighbourBanned banned:
                Statistics.Bans++;
                if (_byId.TryGetValue(banned.Other, out var other))
                {
                    _checker.Banned(peer, other);
                }

                break;
        }
    }

    /// <summary>Nothing is left to wait for.</summary>
    internal void EndEarly(string because)
    {
        EndedBecause = because;
        StopGeneration();
    }

    internal void At(TimeSpan time, Action action) =>
        _queue.Add(time.Ticks, SimulationEvent.Act(action));

    private void EndWarmUp()
    {
        Statistics.Begin();
        if (_workload.PeersGenerate)
        {
            foreach (var peer in Running)
            {
                peer.Apply(new SetGenerating(true));
            }
        }

        _workload.Start();
    }

    private SimulatedPeer Add(BuiltPeer built)
    {
        var plan = Workload.Relieve(built.Plan, Config.Workload);
        var peer = new SimulatedPeer(this, _peers.Count, plan, built.Known)
        {
            Line = built.Line,
            IsHonest = built.Plan.IsHonest,
        };
        peer.Observer = Config.Network is GeneratedNetwork { Monitor: true } && peer.Id == Networks.Monitor.Id
            ? Monitor = new MonitorLog(_peers.Count)
            : _observe?.Invoke(peer);
        peer.Counters = Statistics.CountersFor(isObserved: peer.Observer is not null);
        _peers.Add(peer);
        _byId.Add(peer.Id, peer);
        return peer;
    }

    /// <summary>A stream of its own for each peer and each of its lives.</summary>
    private ulong SeedOf(SimulatedPeer peer) =>
        SplitMix64.SeedOf(Config.Seed, (ulong)peer.Lives, (ulong)peer.Index);

    private SimulationProgress Progress()
    {
        var byTime = Config.Stop.Duration is { } duration ? Elapsed / duration : 0;
        var byBlocks = Config.Stop.Blocks is { } blocks ? (double)Blocks.Blocks.Count / blocks : 0;
        return new SimulationProgress(
            Elapsed, Events, Blocks.Blocks.Count, Math.Clamp(Math.Max(byTime, byBlocks), 0, 0.999));
    }

    private void Process()
    {
        var next = _queue.Take(out var time);
        _hints.PrepareNext();
        Now = new TimeSpan(time);
        Events++;
        switch (next.Kind)
        {
            case EventKind.Wake:
                Wake(_peers[next.Number], next.Life, time);
                break;
            case EventKind.Deliver or EventKind.DeliverCompact:
                _deliveries.Deliver(next);
                break;
            case EventKind.Complete:
                _deliveries.Complete(next);
                break;
            case EventKind.Fail:
                _deliveries.Fail(next);
                break;
            default:
                next.Action!();
                break;
        }
    }

    private void Wake(SimulatedPeer peer, int life, long time)
    {
        // An earlier appointment may have been made since; that one counts.
        if (!peer.IsRunning || life != peer.Lives || time != peer.WakesAt)
        {
            return;
        }

        peer.WakesAt = long.MaxValue;
        peer.Core.Advance(Now);
        PlanWake(peer);
    }
}
