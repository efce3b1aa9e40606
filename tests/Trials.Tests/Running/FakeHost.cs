using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Tests.Running;

/// <summary>A network of three peers that answers what a test wants, and writes down what it is told.</summary>
internal sealed class FakeHost : ITrialHost
{
    private readonly PriorityQueue<Func<Task>, TimeSpan> _scheduled = new();
    private readonly HashSet<PeerId> _down = [];
    private int _made;

    public static readonly TimeSpan Began = TimeSpan.FromSeconds(1_000);

    public string Name => "fake";

    public TimeSpan Now { get; private set; } = Began;

    public TimeSpan LookInterval { get; } = TimeSpan.FromSeconds(1);

    public List<PeerEvent> Events { get; } = [];

    public IReadOnlyList<PeerEvent> History => Events;

    public IReadOnlyList<PeerPlan> Peers { get; init; } = [Plan("a"), Plan("b"), Plan("c", isHonest: false)];

    public SeededRandom Random { get; } = new(1);

    /// <summary>What a peer says now; null: nothing.</summary>
    public Func<PeerId, TimeSpan, PeerReading?> Says { get; set; } = (id, _) => new PeerReading(id, 0, null);

    /// <summary>Who refuses everything that it is told.</summary>
    public string? Refuses { get; init; }

    /// <summary>With what the machine was busy since so long after the start; null: with nothing.</summary>
    public Func<TimeSpan, string?> Busy { get; init; } = _ => null;

    /// <summary>Everything that was done, one line each, with seconds since the start.</summary>
    public List<string> Log { get; } = [];

    public List<string> Remarks { get; } = [];

    public static PeerPlan Plan(string id, bool isHonest = true) => new()
    {
        Info = new PeerInfo(
            new PeerId(id), $"127.0.0.{id[0] - 'a' + 2}", 5000 + id[0], false, false, id == "c" ? 1 : -1),
        Malicious = !isHonest,
    };

    public bool IsRunning(PeerId peer) => !_down.Contains(peer);

    public Task StartAsync(Predicate<PeerId> isAbsent, CancellationToken stop)
    {
        _down.UnionWith(Peers.Select(peer => peer.Id).Where(id => isAbsent(id)));
        return Task.CompletedTask;
    }

    public async Task PassAsync(TimeSpan until, CancellationToken stop)
    {
        while (_scheduled.TryPeek(out _, out var due) && due <= until)
        {
            Now = due > Now ? due : Now;
            await _scheduled.Dequeue()();
        }

        Now = until > Now ? until : Now;
        stop.ThrowIfCancellationRequested();
    }

    public Task<IReadOnlyDictionary<PeerId, PeerReading?>> ReadAsync(
        IReadOnlyCollection<PeerId> peers, Need needs, CancellationToken stop) =>
        Task.FromResult<IReadOnlyDictionary<PeerId, PeerReading?>>(peers.ToDictionary(
            id => id, id => IsRunning(id) ? Says(id, Now - Began) : null));

    public string? WhyNotInTime(TimeSpan from) => Busy(from - Began);

    public void Remark(string text, bool isFinding = false) => Remarks.Add(text);

    public Task<Told> TellAsync(PeerId peer, PeerCommand command)
    {
        Write(peer, Text(command));
        return Task.FromResult(peer.Value == Refuses
            ? new Told("it does not want to")
            : new Told(Made: command is Mine or Pay ? Id((byte)++_made) : null));
    }

    public Task StartAsync(PeerId peer, IReadOnlyList<PeerCommand> orders)
    {
        _down.Remove(peer);
        Write(peer, $"start [{string.Join("; ", orders.Select(Text))}]");
        return Task.CompletedTask;
    }

    public Task StopAsync(PeerId peer) => EndAsync(peer, "stop");

    public Task KillAsync(PeerId peer) => EndAsync(peer, "kill");

    public void Schedule(TimeSpan delay, Func<Task> action) => _scheduled.Enqueue(action, Now + delay);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static Hash256 Id(byte number) =>
        Hash256.TryParse(string.Concat(Enumerable.Repeat($"{number:x2}", 32)), out var id)
            ? id : throw new ArgumentException("It is no id.", nameof(number));

    private static string Text(PeerCommand command) => PeerVerb.Of(command).Verb.Name;

    private Task EndAsync(PeerId peer, string how)
    {
        _down.Add(peer);
        Write(peer, how);
        return Task.CompletedTask;
    }

    private void Write(PeerId peer, string what) => Log.Add($"{(Now - Began).TotalSeconds:0} {peer} {what}");
}
