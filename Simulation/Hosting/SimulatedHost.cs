using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Faults;
using Blockchain.Simulation.Invariants;
using Blockchain.Trials;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Running;

namespace Blockchain.Simulation.Hosting;

/// <summary>Runs a scenario in virtual time. The same scenario and seed give the same run, to the byte.</summary>
/// <param name="observe">Who else hears of everything that happens in a peer, asked once for each; null:
/// nobody.</param>
/// <param name="remark">Hears of what is done and what is found; null: nobody.</param>
/// <param name="guests">Starts the programs of others; null: there are none.</param>
public sealed class SimulatedHost(
    Scenario scenario,
    Func<SimulatedPeer, ISimulatedPeerObserver?>? observe = null,
    Action<Remark>? remark = null,
    Func<PeerPlan, IGuest?>? guests = null)
    : ITrialHost
{
    /// <summary>No scenario lasts so long; it has no other end than its last step.</summary>
    private static readonly TimeSpan Forever = Durations.Longest;

    private readonly List<PeerEvent> _history = [];
    private readonly Dictionary<PeerId, PeerWatch> _watches = [];
    private readonly Dictionary<PeerId, GuestView> _views = [];
    private readonly bool _hasPrograms = scenario.Network.Peers.Any(peer => peer.Program is not null);
    private SimulationRun? _run;
    private SimulatedActs? _acts;

    public string Name => HostNames.Simulation;

    public TimeSpan Now => _run?.Now ?? SimulationRun.Start;

    public TimeSpan LookInterval { get; } = TimeSpan.FromMilliseconds(100);

    public IReadOnlyList<PeerEvent> History => _history;

    /// <summary>Before the start those of the plan.</summary>
    public IReadOnlyList<PeerPlan> Peers => _acts?.Peers ?? scenario.Network.Peers;

    public SeededRandom Random { get; } = new(scenario.Seed);

    /// <summary>How many messages the peers have sent.</summary>
    public long Sent => Run.Peers.Sum(peer => Enum.GetValues<MessageType>().Sum(peer.Counters.Sent));

    private SimulationRun Run => _run ?? throw new InvalidOperationException("It has not started.");

    public Task StartAsync(Predicate<PeerId> isAbsent, CancellationToken stop)
    {
        var plan = scenario.Network.Select(peer => peer with { ManualStart = isAbsent(peer.Id) });
        var config = new SimulationConfig
        {
            Network = new PlannedNetwork(plan),
            Seed = scenario.Seed,
            Stop = new StopCondition { Duration = Forever },
            Checks = new CheckConfig { Names = scenario.Invariants, Interval = TimeSpan.FromSeconds(10) },
        };
        return Checked(() =>
        {
            _run = new SimulationRun(config, Watch, guests: guests);
            _acts = _run.Acts;
            return Task.CompletedTask;
        });
    }

    public Task PassAsync(TimeSpan until, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        do
        {
            // The states that are shown are those of the moment at which a program failed.
            var next = !_hasPrograms || until - Now < LookInterval ? until : Now + LookInterval;
            Checked(() =>
            {
                Run.RunFor(next > Now ? next - Now : TimeSpan.Zero);
                return true;
            });
        }
        while (Now < until);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<PeerId, PeerReading?>> ReadAsync(
        IReadOnlyCollection<PeerId> peers, Need needs, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(peers);
        return Task.FromResult<IReadOnlyDictionary<PeerId, PeerReading?>>(peers.ToDictionary(
            id => id,
            id => Run.Find(id) is { IsRunning: true } peer ? Read(peer, needs) : null));
    }

    /// <summary>In virtual time every machine is fast enough.</summary>
    public string? WhyNotInTime(TimeSpan from) => null;

    public void Remark(string text, bool isFinding = false) =>
        remark?.Invoke(new Remark(Now, Shared.Remark.Everybody, text, isFinding));

    public bool IsRunning(PeerId peer) => _acts!.IsRunning(peer);

    public Task<Told> TellAsync(PeerId peer, PeerCommand command) => Checked(() => _acts!.TellAsync(peer, command));

    public Task StartAsync(PeerId peer, IReadOnlyList<PeerCommand> orders) =>
        Checked(() => _acts!.StartAsync(peer, orders));

    public Task StopAsync(PeerId peer) => _acts!.StopAsync(peer);

    public Task KillAsync(PeerId peer) => _acts!.KillAsync(peer);

    public void Schedule(TimeSpan delay, Func<Task> action) => _acts!.Schedule(delay, action);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private PeerReading? Read(SimulatedPeer peer, Need needs)
    {
        if (!peer.Core.IsGuest)
        {
            return _watches[peer.Id].Read(peer, needs);
        }

        if (!_views.TryGetValue(peer.Id, out var view))
        {
            _views.Add(peer.Id, view = new GuestView());
        }

        return peer.Known.FirstOrDefault(known => !known.Light) is { } asker ? view.Read(peer, Now, asker.Id) : null;
    }

    private PeerWatch Watch(SimulatedPeer peer)
    {
        var watch = new PeerWatch(_history, observe?.Invoke(peer));
        _watches.Add(peer.Id, watch);
        return watch;
    }

    /// <summary>A program that ends, hangs or writes nonsense is a finding, whatever the scenario expects.</summary>
    private T Checked<T>(Func<T> action)
    {
        var result = WithoutBreaking(action);
        return _hasPrograms && _run?.Peers.FirstOrDefault(peer => peer.GuestFailure is not null) is { } bad
            ? throw new BrokenInvariantException($"{bad.Id} failed", $"{bad.Id} failed: {bad.GuestFailure}")
            : result;
    }

    private static T WithoutBreaking<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (InvariantViolationException broken)
        {
            throw new BrokenInvariantException(broken.Invariant, broken.Message, broken);
        }
        catch (AssertionFailedException broken)
        {
            throw new BrokenInvariantException(
                $"assertion \"{broken.Message}\"", $"an assertion of the core: {broken.Message}", broken);
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or BrokenInvariantException))
        {
            // Nothing that a peer hears or is told may do this; in a process it would end the peer.
            var place = new System.Diagnostics.StackTrace(broken).GetFrame(0)?.GetMethod();
            var name = $"{broken.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}";
            throw new BrokenInvariantException(name, $"{name}: {broken.Message}", broken);
        }
    }
}
