namespace Blockchain.Shared.Neighbours;

/// <summary>
/// Names that others tell us, which anybody can make up. Each is tried: it is said HELLO to a few times, and it becomes
/// a peer when it answers. The tries have a small budget of their own, in which the informants take turns, so that
/// neither the blocks nor the names of other informants wait because of many made-up ones.
/// </summary>
internal sealed class Hearsay(PeerContext context)
{
    private const int MaxPerInformant = 1_000;
    private const int MaxInAll = 5_000;
    private const int MaxAttempts = 3;

    /// <summary>A twentieth of the usual capacity of a peer.</summary>
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan PatienceForAnswer = TimeSpan.FromSeconds(5);

    private readonly Dictionary<PeerId, Queue<PeerInfo>> _told = [];
    private readonly Queue<PeerId> _turns = new();

    /// <summary>Who was said HELLO to, in the order in which it is over.</summary>
    private readonly Queue<Attempt> _underWay = new();

    private int _waiting;
    private TimeSpan _nextTry = TimeSpan.MinValue;

    /// <summary>When <see cref="Try"/> is called next; later calls that were planned before are void.</summary>
    private TimeSpan _due = TimeSpan.MaxValue;

    /// <param name="informant">Whose connection it came on.</param>
    public void Tell(TimeSpan now, PeerId informant, PeerInfo info)
    {
        if (!context.Table.IsOther(info.Id) || context.Table.Find(info.Id) is { IsConfirmed: true })
        {
            return;
        }

        if (!_told.TryGetValue(informant, out var names))
        {
            _told.Add(informant, names = new Queue<PeerInfo>());
            _turns.Enqueue(informant);
        }

        // The informant that fills it loses first.
        if (names.Count >= MaxPerInformant || (_waiting >= MaxInAll && !TryMakeRoom(names.Count)))
        {
            return;
        }

        names.Enqueue(info);
        _waiting++;
        Assertions.That(_waiting <= MaxInAll, "What others can make us remember is bounded.");
        Plan(now);
    }

    private bool TryMakeRoom(int fewer)
    {
        var longest = _told.Values.MaxBy(names => names.Count)!;
        if (longest.Count <= fewer + 1)
        {
            return false;
        }

        longest.Dequeue();
        _waiting--;
        return true;
    }

    private void Plan(TimeSpan now)
    {
        if (_waiting > 0 && _nextTry <= now)
        {
            Try(now);
        }

        var due = _waiting > 0 ? _nextTry
            : _underWay.TryPeek(out var first) ? Later(_nextTry, first.Over)
            : TimeSpan.MaxValue;
        if (due < _due)
        {
            _due = due;
            context.Timers.Schedule(due, later => Continue(later, due));
        }
    }

    private void Continue(TimeSpan now, TimeSpan due)
    {
        if (_due == due)
        {
            _due = TimeSpan.MaxValue;
            Try(now);
            Plan(now);
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>One attempt: again with a name that has not answered, else with the next one.</summary>
    private void Try(TimeSpan now)
    {
        while (_underWay.TryPeek(out var attempt) && attempt.Over <= now)
        {
            _underWay.Dequeue();
            if (attempt.Named.IsConfirmed || attempt.Named.IsForgotten)
            {
                continue;
            }

            if (attempt.Number < MaxAttempts)
            {
                attempt.Named.JudgeRelay(answered: false);
                Greet(now, attempt.Named, attempt.Number + 1);
                return;
            }

            context.Forget(now, attempt.Named);
        }

        while (_waiting > 0)
        {
            if (context.Table.HearOf(now, Next()) is { } named)
            {
                Greet(now, named, 1);
                return;
            }
        }
    }

    private PeerInfo Next()
    {
        while (true)
        {
            var informant = _turns.Dequeue();
            var names = _told[informant];
            if (!names.TryDequeue(out var info))
            {
                _told.Remove(informant);
                continue;
            }

            _turns.Enqueue(informant);
            _waiting--;
            return info;
        }
    }

    private void Greet(TimeSpan now, RemotePeer named, int number)
    {
        _nextTry = now + PauseBetweenTries;
        named.LastHello = now;
        _underWay.Enqueue(new Attempt(named, number, now + PatienceForAnswer));
        context.Send(now, named, context.NewHello());
    }

    private readonly record struct Attempt(RemotePeer Named, int Number, TimeSpan Over);
}
