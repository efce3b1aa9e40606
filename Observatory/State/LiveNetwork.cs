using Blockchain.Observatory.Recordings;
using Blockchain.Shared;

namespace Blockchain.Observatory.State;

/// <summary>The network as it is now, and the recording of its last minutes. For any thread.</summary>
public sealed class LiveNetwork : INetworkView, IAsyncDisposable
{
    /// <summary>
    /// How often at most <see cref="Changed"/> is told: often enough for the eye, seldom enough for the processor.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly NetworkFold _fold;
    private readonly Recording _recording;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile bool _isDirty;

    /// <param name="planned">Peers that are told of before anybody has heard them.</param>
    public LiveNetwork(TimeProvider time, IReadOnlyList<PeerState>? planned = null, RecordingLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _fold = new NetworkFold(planned);
        _recording = new Recording(planned, limits);
        _timer = time.CreateTimer(_ => Tell(), null, Interval, Interval);
    }

    public event EventHandler? Changed;

    /// <summary>Since the Unix epoch.</summary>
    public TimeSpan Now => _time.GetUtcNow() - DateTimeOffset.UnixEpoch;

    public NetworkState Current
    {
        get
        {
            lock (_gate)
            {
                return _fold.Current;
            }
        }
    }

    /// <summary>Something happened at a peer.</summary>
    public void Add(PeerEvent happened)
    {
        lock (_gate)
        {
            _fold.Apply(happened);
            _recording.Add(Now, happened);
        }

        _isDirty |= happened is not MessageTraced;
    }

    /// <summary>Something changed that is no event, such as a connection: who looks on has to look again.</summary>
    public void Touch() => _isDirty = true;

    /// <summary>The recording so far.</summary>
    public Tape Record()
    {
        lock (_gate)
        {
            return _recording.ToTape();
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tell()
    {
        if (!_isDirty)
        {
            return;
        }

        _isDirty = false;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
