using System.Buffers;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Running;

/// <summary>A node that is called in turns, and the only clock there is: it goes on to whatever is due next.</summary>
internal sealed class VirtualTestee(IGuest guest, SeededRandom random) : ITestee
{
    /// <summary>What it says while no time passes: then it would go on for ever.</summary>
    private const int MostTurns = 200_000;

    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(1_795_358_270);
    private static readonly Range<TimeSpan> Latency = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));

    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _due = new();
    private readonly Dictionary<(Neighbour, bool), TimeSpan> _lastOnTheWay = [];
    private readonly Dictionary<string, TimeSpan> _timers = [];
    private readonly Queue<Said> _said = new();
    private IReadOnlyList<Neighbour> _players = [];
    private TimeSpan _busyUntil;
    private long _number;
    private int _turns;

    public TimeSpan Now { get; private set; } = Begin;

    public ITcp? Tcp => null;

    public (string Ip, int Port) Reserve(int number) => ($"127.66.0.{10 + number}", 5000 + number);

    public Task StartAsync(NetworkPlan plan, IReadOnlyList<Neighbour> players, ulong seed, CancellationToken stop)
    {
        _players = players;
        var known = plan.Peers.Skip(1).Select(peer => peer.Info).ToList();
        Take(new GuestStarts(Now, plan.Peers[0], known, seed));
        return Task.CompletedTask;
    }

    public Task SayAsync(Neighbour player, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        if (MessageCodec.Read(bytes, out var message, out var reason) != ReadOutcome.Message)
        {
            throw new InvalidOperationException($"Lines of virtual time carry messages only ({reason}): {line}");
        }

        var from = new PeerId(player.Name);
        At(Arrival(Now, player, isFromNode: false), () => Take(new GuestHears(Now, from, message!) { Line = line }));
        return Task.CompletedTask;
    }

    public Task<Said?> NextAsync(TimeSpan until)
    {
        while (_said.Count == 0)
        {
            if (!_due.TryPeek(out _, out var next) || next.At > until)
            {
                Now = until > Now ? until : Now;
                return Task.FromResult<Said?>(null);
            }

            Now = next.At;
            _due.Dequeue()();
        }

        return Task.FromResult<Said?>(_said.Dequeue());
    }

    public ValueTask DisposeAsync()
    {
        (guest as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(GuestTurn turn)
    {
        // While it is busy, what happens waits.
        if (Now < _busyUntil)
        {
            At(_busyUntil, () => Take(turn with { Now = Now }));
            return;
        }

        if (++_turns > MostTurns)
        {
            throw new TesteeFailedException(
                $"The node took {MostTurns:N0} turns in one test: it does not come to rest.");
        }

        var answer = guest.Take(turn);
        if (answer.Failure is { } failure)
        {
            throw new TesteeFailedException(
                $"The node ended: {failure}.", failure.Contains("that is malformed", StringComparison.Ordinal));
        }

        _busyUntil = Now + answer.Cost;
        foreach (var (at, timer) in answer.Timers)
        {
            _timers[timer] = at;
            At(at > _busyUntil ? at : _busyUntil, () => Wake(timer, at));
        }

        foreach (var (to, message) in answer.Messages)
        {
            if (_players.FirstOrDefault(player => player.Name == to.Value) is { } player)
            {
                var arrival = Arrival(_busyUntil, player, isFromNode: true);
                At(arrival, () => _said.Enqueue(new Said(Now, player, TextOf(message))));
            }
        }
    }

    private void Wake(string timer, TimeSpan at)
    {
        if (_timers.TryGetValue(timer, out var due) && due == at)
        {
            _timers.Remove(timer);
            Take(new GuestWakes(Now, timer));
        }
    }

    /// <summary>Nothing overtakes on a connection.</summary>
    private TimeSpan Arrival(TimeSpan from, Neighbour player, bool isFromNode)
    {
        var at = from + random.Within(Latency);
        var last = _lastOnTheWay.GetValueOrDefault((player, isFromNode));
        return _lastOnTheWay[(player, isFromNode)] = at > last ? at : last;
    }

    private void At(TimeSpan at, Action action) => _due.Enqueue(action, (at, _number++));

    private static string TextOf(Message message)
    {
        var line = new ArrayBufferWriter<byte>();
        MessageCodec.Write(line, message);
        return Encoding.UTF8.GetString(line.WrittenSpan.TrimEnd((byte)'\n'));
    }
}
