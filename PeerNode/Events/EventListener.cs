using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Blockchain.Events;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Events;

/// <summary>
/// Whoever follows the events of this node. What is told is kept in a buffer of limited length until it is read; the
/// loop never waits for a reader.
/// </summary>
/// <param name="caller">Where the request comes from.</param>
/// <param name="hasKey">Whether it has shown the control key.</param>
/// <param name="requestAborted">Whoever asked has gone.</param>
/// <param name="wantsMessages">Whether it has asked for single messages.</param>
internal sealed class EventListener(
    IPAddress caller, bool hasKey, CancellationToken requestAborted, bool wantsMessages = false) : IDisposable
{
    /// <summary>Events that may wait, some 600 kB. A node in a quiet network has a few dozen a second.</summary>
    public const int Capacity = 4_096;

    private static readonly SseItem<byte[]> Heartbeat = new(EventStream.HeartbeatData, EventStream.HeartbeatType);

    /// <summary>Null is a heartbeat.</summary>
    private readonly Channel<PeerEvent?> _waiting = Channel.CreateBounded<PeerEvent?>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly CancellationTokenSource _abort =
        CancellationTokenSource.CreateLinkedTokenSource(requestAborted);

    private readonly Lock _gate = new();
    private IReadOnlyList<PeerEvent> _snapshot = [];
    private bool _ended;

    public IPAddress Caller => caller;

    public bool HasKey => hasKey;

    public bool WantsMessages => wantsMessages;

    /// <summary>Events that wait to be read.</summary>
    public int Backlog => _waiting.Reader.Count;

    /// <summary>
    /// The request is aborted, or the listener cut off: reading and writing is to end at once. Whoever serves the
    /// request ends its connection, since the request may be over before anyone else can.
    /// </summary>
    public CancellationToken Aborted => _abort.Token;

    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    /// <summary>What is told first. To be called before anything is told.</summary>
    public void Begin(IReadOnlyList<PeerEvent> snapshot) => _snapshot = snapshot;

    /// <summary>False when the buffer is full, or the listener is gone.</summary>
    public bool TryTell(PeerEvent value) => _waiting.Writer.TryWrite(value);

    /// <inheritdoc cref="TryTell"/>
    public bool TryBeat() => _waiting.Writer.TryWrite(null);

    /// <summary>Nothing more comes; what waits is still told. It can no longer be cut off.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }

        _waiting.Writer.TryComplete();
    }

    /// <summary>
    /// The listener is too slow: it may come back, and then begins with a new snapshot. One that has ended is let be.
    /// </summary>
    public void Cut()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            // Not here: whatever waits for it would run on the event loop.
            _ = _abort.CancelAsync();
        }

        End();
    }

    /// <summary>To be called when it has ended.</summary>
    public void Dispose() => _abort.Dispose();

    public async IAsyncEnumerable<SseItem<byte[]>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var told in _snapshot)
        {
            yield return Item(told);
        }

        await foreach (var told in _waiting.Reader.ReadAllAsync(cancellation))
        {
            yield return told is null ? Heartbeat : Item(told);
        }
    }

    private static SseItem<byte[]> Item(PeerEvent told) => new(EventJson.Write(told), EventJson.KindOf(told));
}
