using Blockchain.Observatory.State;

namespace Blockchain.Observatory.Recordings;

/// <summary>A tape at some place. For one thread at a time, except <see cref="Current"/>.</summary>
public sealed class ReplayView : INetworkView
{
    private NetworkFold _fold;
    private int _next;
    private volatile NetworkState _current;

    /// <summary>Stands at the begin of the tape.</summary>
    public ReplayView(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        Tape = tape;
        Position = tape.Start;
        _fold = new NetworkFold(tape.Planned);
        _current = _fold.Current;
        Seek(tape.Start);
    }

    public event EventHandler? Changed;

    public Tape Tape { get; }

    public TimeSpan Position { get; private set; }

    public bool IsAtEnd => _next == Tape.Events.Length;

    public NetworkState Current => _current;

    /// <summary>
    /// Goes to a place on the tape, at most to its ends. Forward costs the events between; back, all from the begin.
    /// </summary>
    public void Seek(TimeSpan position)
    {
        position = position < Tape.Start ? Tape.Start : position > Tape.End ? Tape.End : position;
        if (position < Position)
        {
            _fold = new NetworkFold(Tape.Planned);
            _next = 0;
        }

        while (_next < Tape.Events.Length && Tape.Events[_next].At <= position)
        {
            _fold.Apply(Tape.Events[_next++].Event);
        }

        Position = position;
        _current = _fold.Current;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
