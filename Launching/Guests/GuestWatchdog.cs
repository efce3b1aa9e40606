using System.Diagnostics;

namespace Blockchain.Launching.Guests;

/// <summary>
/// Ends a program whose turn takes too long. It looks a few times within each limit, so that a turn costs it nothing.
/// </summary>
internal sealed class GuestWatchdog : IDisposable
{
    private const int LooksPerLimit = 10;

    private readonly TimeSpan _limit;
    private readonly Action _bite;
    private readonly Timer _timer;
    private long _begun;

    public GuestWatchdog(TimeSpan limit, Action bite)
    {
        (_limit, _bite) = (limit, bite);
        _timer = new Timer(_ => Look(), state: null, limit / LooksPerLimit, limit / LooksPerLimit);
    }

    /// <summary>It has ended the program.</summary>
    public bool HasBitten { get; private set; }

    public void Begin() => Volatile.Write(ref _begun, Stopwatch.GetTimestamp());

    public void End() => Volatile.Write(ref _begun, 0);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var begun = Volatile.Read(ref _begun);
        if (begun != 0 && Stopwatch.GetElapsedTime(begun) > _limit)
        {
            HasBitten = true;
            _bite();
        }
    }
}
