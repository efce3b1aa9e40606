using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Blockchain.ServiceDefaults.Events;
using Blockchain.Shared.Observation;

namespace Blockchain.PeerNode.Events;

/// <summary>
/// Whoever follows the events of this node. What is told is kept in a buffer of limited length until it is read; the
/// loop never waits for a reader.
/// </summary>
/// <param name="snapshot">What is told first.</param>
/// <param name="abort">Ends the connection at once.</param>
internal sealed class EventListener(IReadOnlyList<PeerEvent> snapshot, Action abort)
{
    /// <summary>Events that may wait, some 600 kB. A node in a quiet network has a few dozen a second.</summary>
    public const int Capacity = 4_096;

    private static readonly SseItem<byte[]> Heartbeat = new(EventStream.HeartbeatData, EventStream.HeartbeatType);

    /// <summary>Null is a heartbeat.</summary>
    private readonly Channel<PeerEvent?> _waiting = Channel.CreateBounded<PeerEvent?>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>False when the buffer is full, or the listener is gone.</summary>
    public bool TryTell(PeerEvent value) => _waiting.Writer.TryWrite(value);

    /// <inheritdoc cref="TryTell"/>
    public bool TryBeat() => _waiting.Writer.TryWrite(null);

    /// <summary>Nothing more comes; what waits is still told.</summary>
    public void End() => _waiting.Writer.TryComplete();

    /// <summary>The listener is too slow: it may come back, and then begins with a new snapshot.</summary>
    public void Cut()
    {
        End();
        ThreadPool.QueueUserWorkItem(static abort => abort(), abort, preferLocal: false);
    }

    public async IAsyncEnumerable<SseItem<byte[]>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var told in snapshot)
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
