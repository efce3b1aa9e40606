using System.Buffers;
using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Events;
using Blockchain.PeerNode.Storage;
using Blockchain.PeerNode.Telemetry;
using Blockchain.PeerNode.Transport;
using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode;

/// <summary>
/// Drives the peer: one task reads one channel and is the only one that ever touches the peer and the table of
/// connections. It never blocks, and there is no polling: one timer is set to what the peer has due next.
/// </summary>
internal sealed partial class EventLoop : ITransmitter, IAsyncDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1);

    /// <summary>What is not written to the disk, or to a neighbour, by then is given up at the stop.</summary>
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(1);

    private readonly LoopMailbox _mailbox;
    private readonly ConnectionTable _connections;
    private readonly KnownBySender _bySender;
    private readonly Dialer _dialer;
    private readonly NodeStatistics _statistics;
    private readonly PeerMetrics _metrics;
    private readonly PeerTraces _traces;
    private readonly ILogger _logger;
    private readonly Peer _peer;
    private readonly Timer _timer;
    private readonly NodeStorage? _storage;

    /// <summary>Failures found while the peer was at work, to be reported when it has finished.</summary>
    private readonly Queue<Transmission> _failed = new();

    private readonly TaskCompletionSource<Exception> _failure =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _wasCutOff;
    private bool _isStarted;
    private bool _isStopping;
    private TimeSpan _timerSetTo = TimeSpan.MaxValue;
    private Task _running = Task.CompletedTask;

    public EventLoop(
        NodeOptions options,
        LoopMailbox mailbox,
        Dialer dialer,
        NodeStatistics statistics,
        NodeEvents events,
        PeerMetrics metrics,
        PeerTraces traces,
        LoopClock clock,
        Safeguards safeguards,
        ILoggerFactory loggers,
        NodeStorage? storage = null)
    {
        _mailbox = mailbox;
        _bySender = new KnownBySender(options.Network);
        _dialer = dialer;
        _statistics = statistics;
        _metrics = metrics;
        _traces = traces;
        _logger = loggers.CreateLogger(LogCategories.Node);
        Clock = clock;
        var known = options.Network.KnownBy(options.Plan.Id).Select(peer => peer.Info);
        _storage = storage;
        _peer = new Peer(
            options.Plan, known, this, events, options.Seed, statistics, statistics.Counters, safeguards, storage,
            lines: PlannedLines.Of(options.Network, options.Plan));
        statistics.Attach(_peer);
        storage?.Restore(clock.Now, _peer, node => events.Restored(options.Plan.Id, node));
        _connections = new ConnectionTable(_peer);
        _timer = new Timer(_ => _mailbox.TryPost(TimerElapsed.Instance));
    }

    public LoopClock Clock { get; }

    /// <summary>
    /// Completes with what the core threw. Its state may be half changed then, so the loop has ended, every connection
    /// is closed, and nothing is answered any more.
    /// </summary>
    public Task<Exception> Failure => _failure.Task;

    /// <summary>Null where nothing outlives the process.</summary>
    public NodeStorage? Storage => _storage;

    public void Start()
    {
        _isStarted = true;
        _running = Task.Run(RunAsync);
    }

    void ITransmitter.Transmit(in Transmission transmission)
    {
        if (_storage is null || !_storage.Gate.Holds(transmission, out var hasRoom))
        {
            Send(transmission);
        }
        else if (!hasRoom)
        {
            _failed.Enqueue(transmission);
        }
    }

    /// <summary>
    /// Lets what waits to be sent leave, for a time; closes every connection, by which the neighbours learn of it; and
    /// ends when all that was posted before is done.
    /// </summary>
    public async Task StopAsync()
    {
        if (_isStarted && await _mailbox.PostAsync(new Question((_, _) => _isStopping = true)))
        {
            // What is stored meanwhile lets go of what waited for it; then the connections have all that they will get.
            if (_storage is { } storage)
            {
                await Task.Run(() => storage.Finish(DrainDeadline));
            }

            var drained = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
            await _mailbox.PostAsync(new Question((_, _) => drained.SetResult(_connections.CloseAll())));
            await Task.WhenAny(drained.Task.Unwrap(), Task.Delay(DrainDeadline));
        }

        _mailbox.Close();
        await _running;
        _connections.AbortAll();
    }

    private void Send(Transmission transmission)
    {
        var connection = _connections.Find(transmission.NextHop) ?? Dial(transmission.NextHop);
        if (connection is null || !connection.Outbox.TryEnqueue(Outgoing(transmission)))
        {
            _failed.Enqueue(transmission);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _timer.DisposeAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            await WorkAsync();
        }
#pragma warning disable CA1031 // Whatever it is: the peer cannot go on, and its process is to say why.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
        }
    }

    private async Task WorkAsync()
    {
        _peer.Start(Clock.Now);
        Settle(Clock.Now);
        AfterWork();
        while (await _mailbox.Reader.WaitToReadAsync())
        {
            while (_mailbox.Reader.TryRead(out var input))
            {
                _metrics.LoopDelayed(Stopwatch.GetElapsedTime(input.PostedAt));
                Handle(Clock.Now, input);
                Settle(Clock.Now);
            }

            AfterWork();
        }
    }

    private void AfterWork()
    {
        _statistics.Publish(Clock.Now);
        SetTimer();
    }

    private void Fail(Exception error)
    {
        CoreFailed(error);
        _failure.SetResult(error);
        _mailbox.Close();
        while (_mailbox.Reader.TryRead(out var input))
        {
            (input as Question)?.Refuse?.Invoke();
            (input as ConnectionOpened)?.Connection.Abort();
        }

        _connections.AbortAll();
    }

    private void Handle(TimeSpan now, PeerInput input)
    {
        switch (input)
        {
            case LinesReceived lines:
                Receive(now, lines);
                break;
            case ConnectionOpened opened:
                _connections.Open(now, opened.Connection);
                break;
            case ConnectionClosed closed:
                _connections.Remove(closed.Connection);
                break;
            case TransmissionsFailed failed:
                foreach (var transmission in failed.Transmissions)
                {
                    _failed.Enqueue(transmission);
                }

                break;
            case Question question:
                question.Ask(_peer, now);
                if (_peer.IsCutOff != _wasCutOff)
                {
                    _wasCutOff = _peer.IsCutOff;
                    _connections.EndThoseNotAdmitted();
                }

                break;
            case BlocksStored stored:
                _storage!.Gate.Open(stored.Number, Send);
                break;
            case StorageChanged:
                OnStorageChanged();
                break;
            case TimerElapsed:
                _timerSetTo = TimeSpan.MaxValue;
                break;
        }
    }

    private void OnStorageChanged()
    {
        _storage!.Gate.IsFailing = _storage.Problem is not null;
        _storage.Gate.ReleaseAll(Send);
        _peer.MakesNoBlocks = _storage.Problem is { } problem ? $"It cannot store a block now: {problem}." : null;
    }

    private void Receive(TimeSpan now, LinesReceived received)
    {
        var connection = received.Connection;
        try
        {
            _connections.Heard(now, connection);
            foreach (var line in received.Lines.AsSpan(0, received.Count))
            {
                if (!connection.IsAdmitted || _isStopping)
                {
                    return;
                }

                Receive(now, connection, line);
            }
        }
        finally
        {
            ArrayPool<ReceivedLine>.Shared.Return(received.Lines, clearArray: true);
            _mailbox.Done(received);
        }
    }

    private void Receive(TimeSpan now, PeerConnection connection, ReceivedLine line)
    {
        if (line.Message is null)
        {
            _peer.ReceiveMalformed(now, connection.Speaker, line.Reason);
            return;
        }

        if (connection.NeedsProof && line.Message is (Challenge or Proof))
        {
            // The connection has answered the one already; what the other says is for the table.
            if (line.Message is Proof proof)
            {
                _connections.Prove(now, connection, proof.Sender, isRight: line.Verdict == Verdict.Proven);
            }

            return;
        }

        if (connection.Peer.IsStranger && !Introduce(now, connection, line.Message))
        {
            return;
        }

        _peer.Receive(now, connection.Speaker, line.Message, line.Verdict);
    }

    /// <summary>A stranger may say who it is.</summary>
    /// <returns>False if the message is not to be heard.</returns>
    private bool Introduce(TimeSpan now, PeerConnection stranger, Message message)
    {
        if (_bySender.SpeakerOf(stranger.RemoteIp, message) is { } said)
        {
            stranger.SaidPeer = said;
            return _peer.Admits(said);
        }

        return message is not Hello hello || _connections.Introduce(now, stranger, hello);
    }

    /// <summary>Reports failures and does what is due, which may lead to new failures.</summary>
    private void Settle(TimeSpan now)
    {
        do
        {
            while (_failed.TryDequeue(out var transmission))
            {
                _peer.TransmitFailed(now, transmission);
            }

            if (_peer.NextDue <= now && !_isStopping)
            {
                _peer.Advance(now);
            }
        }
        while (_failed.Count > 0);
    }

    private void SetTimer()
    {
        var due = _isStopping ? TimeSpan.MaxValue : _peer.NextDue;
        if (due == _timerSetTo)
        {
            return;
        }

        _timerSetTo = due;
        if (due == TimeSpan.MaxValue)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Rounded up: the timer counts whole milliseconds, and a tick too early would find nothing to do.
        var wait = Math.Clamp((due - Clock.Now).TotalMilliseconds, 0, LongestTimer.TotalMilliseconds);
        _timer.Change((long)Math.Ceiling(wait), Timeout.Infinite);
    }

    private Outgoing Outgoing(Transmission transmission) =>
        new(transmission, _traces.Stamp(transmission.Target, transmission.Message));

    private PeerConnection? Dial(PeerId id)
    {
        if (_peer.Table.Find(id) is not { } target || !_peer.Admits(id))
        {
            return null;
        }

        var connection = _dialer.Dial(target.Info, _peer.Introduction(), _bySender.Contains(id));
        _connections.Add(Clock.Now, connection);
        return connection;
    }

    [LoggerMessage(LogLevel.Critical, "The peer failed. Its state may be half changed, so the node ends.")]
    private partial void CoreFailed(Exception exception);
}
