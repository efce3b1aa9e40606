using Blockchain.Observatory.State;

namespace Blockchain.Observatory.Recordings;

/// <summary>
/// Moves the view of one browser along a tape, over all its pages. For any thread; who looks on hears
/// <see cref="Changed"/>, on any thread.
/// </summary>
public sealed class ReplayPlayer(ViewChoice choice, TimeProvider time) : IDisposable
{
    /// <summary>How often it moves on.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private ReplayView? _view;
    private ITimer? _timer;
    private long _moved;
    private double _speed = 1;

    public event EventHandler? Changed;

    /// <summary>Null while the network is looked at as it is now.</summary>
    public Tape? Tape => _view?.Tape;

    /// <summary>What is played, for people.</summary>
    public string Source { get; private set; } = "";

    /// <summary>As of <see cref="ReplayView.Position"/>.</summary>
    public TimeSpan Position => _view?.Position ?? TimeSpan.Zero;

    public bool IsPlaying => _timer is not null;

    /// <summary>How much of the tape goes by in the time of the clock.</summary>
    public double Speed
    {
        get => _speed;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _speed = value;
        }
    }

    /// <summary>Shows a tape on all pages, at some place and at rest.</summary>
    public void Open(Tape tape, string source, TimeSpan position)
    {
        ArgumentNullException.ThrowIfNull(tape);
        lock (_gate)
        {
            Stop();
            Source = source;
            _view = new ReplayView(tape);
            _view.Seek(position);
        }

        choice.Show(_view);
        Tell();
    }

    /// <summary>Shows the live network again.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Stop();
            _view = null;
        }

        choice.ShowLive();
        Tell();
    }

    /// <summary>At the end of the tape it begins again.</summary>
    public void Play()
    {
        lock (_gate)
        {
            if (_view is null || IsPlaying)
            {
                return;
            }

            if (_view.IsAtEnd)
            {
                _view.Seek(_view.Tape.Start);
            }

            _moved = time.GetTimestamp();
            _timer = time.CreateTimer(_ => Move(), null, Interval, Interval);
        }

        Tell();
    }

    public void Pause()
    {
        lock (_gate)
        {
            Stop();
        }

        Tell();
    }

    public void Seek(TimeSpan position)
    {
        lock (_gate)
        {
            _view?.Seek(position);
        }

        Tell();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Stop();
        }
    }

    private void Move()
    {
        lock (_gate)
        {
            if (_view is null || !IsPlaying)
            {
                return;
            }

            var now = time.GetTimestamp();
            _view.Seek(_view.Position + (time.GetElapsedTime(_moved, now) * Speed));
            _moved = now;
            if (_view.IsAtEnd)
            {
                Stop();
            }
        }

        Tell();
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Tell() => Changed?.Invoke(this, EventArgs.Empty);
}
