using System.Buffers;
using System.IO.Pipelines;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;
using Microsoft.AspNetCore.Connections;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// One TCP connection with another peer, accepted or dialed: reads lines and verifies their ids on its own task, writes
/// what waits in its queue on another.
/// </summary>
/// <param name="proof">How the two ends prove who they are; null in networks whose peers do not sign.</param>
/// <param name="isForOne">It closes when what waits is written: the other end may listen to one connection at a time.
/// </param>
internal sealed class PeerConnection(
    string remoteIp,
    LoopMailbox mailbox,
    ConnectionMemory memory,
    Intake intake,
    Traffic traffic,
    int maxLineBytes,
    ConnectionProof? proof = null,
    bool isForOne = false)
{
    private const int LinesPerInput = 128;
    private const int BytesPerFlush = 64 * 1024;

    /// <summary>
    /// Of a peer that takes nothing any more, what it was to get is worth more on another connection.
    /// </summary>
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A peer that has said all may still be listening.</summary>
    private static readonly TimeSpan LingerFor = TimeSpan.FromSeconds(1);

    private readonly List<Outgoing> _unflushed = [];
    private readonly Pace _pace = intake.NewPace();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConnectionContext? _transport;
    private int _badSignatures;
    private volatile bool _isClosing;

    public string RemoteIp { get; } = remoteIp;

    public OutboundQueue Outbox { get; } = new();

    /// <summary>It takes no more messages.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Who is behind it; a stranger until the event loop knows better.</summary>
    public PeerId Peer { get; set; } = PeerId.OfStranger(remoteIp);

    /// <summary>Nothing that comes on it is believed to be of <see cref="Peer"/> before it is proven.</summary>
    public bool NeedsProof => proof is not null;

    /// <summary>The other end has proven to be <see cref="Peer"/>; for the event loop to say.</summary>
    public bool IsProven { get; set; }

    /// <summary>Who a stranger says to be, if its word is to be taken, see <see cref="KnownBySender"/>.</summary>
    public PeerId? SaidPeer { get; set; }

    /// <summary>Whose word it is that comes on this connection now.</summary>
    public PeerId Speaker => NeedsProof && !IsProven
        ? PeerId.OfStranger(RemoteIp)
        : Peer.IsStranger && SaidPeer is { } said ? said : Peer;

    /// <summary>The event loop listens to it. Its business alone, as are the next two.</summary>
    public bool IsAdmitted { get; set; }

    public TimeSpan LastHeard { get; set; }

    public LinkedListNode<PeerConnection>? StrangerEntry { get; set; }

    /// <summary>Carries messages both ways until either side closes or fails.</summary>
    public async Task RunAsync(ConnectionContext transport)
    {
        _transport = transport;
        if (_isClosing)
        {
            transport.Abort();
        }

        var writing = WriteAsync(transport);
        try
        {
            await ReadAsync(transport.Transport.Input, transport.ConnectionClosed);
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // How it ended is no matter; that it ended is told by the caller.
        }
        finally
        {
            Close();
            if (await Task.WhenAny(writing, Task.Delay(LingerFor)) != writing)
            {
                transport.Abort();
            }

            await writing;
            await FailUnsentAsync();
        }
    }

    /// <summary>Ends the connection at once; what waits is reported as failed.</summary>
    public void Abort()
    {
        Close();
        _transport?.Abort();
    }

    /// <summary>
    /// Takes nothing more, and closes when what waits is written, by which the other side learns of it.
    /// </summary>
    /// <returns>Completes when it is, or cannot be.</returns>
    public Task CloseAsync()
    {
        Outbox.Close();
        return _written.Task;
    }

    /// <summary>Reports all that did not leave. After this nothing more can be enqueued.</summary>
    public async Task FailUnsentAsync()
    {
        _written.TrySetResult();
        Close();
        while (Outbox.Reader.TryRead(out var outgoing))
        {
            _unflushed.Add(outgoing);
        }

        if (_unflushed.Count > 0)
        {
            await mailbox.PostAsync(new TransmissionsFailed([.. _unflushed.Select(one => one.Transmission)]));
        }
    }

    /// <summary>
    /// It has had as many lines as it may that are no messages, or are by nobody: a wrong signature costs us fifty
    /// times
    /// what it costs the other end.
    /// </summary>
    private bool IsExhausted(MessageReader reader) => reader.IsExhausted || _badSignatures >= WireLimits.MalformedLines;

    private void Close()
    {
        _isClosing = true;
        Outbox.Close();
        proof?.Close();
    }

    private async Task ReadAsync(PipeReader input, CancellationToken closed)
    {
        var reader = new MessageReader(maxLineBytes);
        long held = 0;
        long unread = 0;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(CancellationToken.None);
                var more = result.Buffer.Length - unread;
                traffic.CountReceived(more);
                held = memory.Hold(this, isOutgoing: false, held, result.Buffer.Length);
                var rest = await ParseInTurnAsync(reader, result.Buffer, closed);
                unread = rest.Length;
                input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted || result.IsCanceled || IsExhausted(reader) || _isClosing)
                {
                    return;
                }

                held = memory.Hold(this, isOutgoing: false, held, rest.Length);
                await intake.PaceAsync(Peer, _pace, more, closed);
            }
        }
        finally
        {
            memory.Hold(this, isOutgoing: false, held, 0);
        }
    }

    private async ValueTask<ReadOnlySequence<byte>> ParseInTurnAsync(
        MessageReader reader, ReadOnlySequence<byte> buffer, CancellationToken closed)
    {
        if (buffer.Length <= Intake.Long)
        {
            return await ParseAsync(reader, buffer);
        }

        var turn = await intake.TakeTurnAsync(Peer, closed);
        try
        {
            return await ParseAsync(reader, buffer);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes all complete lines and returns the beginning of the next.</summary>
    private async ValueTask<ReadOnlySequence<byte>> ParseAsync(MessageReader reader, ReadOnlySequence<byte> buffer)
    {
        var lines = ArrayPool<ReceivedLine>.Shared.Rent(LinesPerInput);
        var count = 0;
        var start = buffer.Length;
        while (true)
        {
            var outcome = reader.TryRead(ref buffer, out var message, out var reason);
            if (outcome != ReadOutcome.NeedMore)
            {
                var verdict = proof is null || message is null ? Verdict.Proven : proof.Judge(message);
                _badSignatures += verdict == Verdict.BadSignature ? 1 : 0;
                lines[count++] = new ReceivedLine(message, reason, verdict);
            }

            var isLast = outcome == ReadOutcome.NeedMore || IsExhausted(reader) || _isClosing;
            if (count > 0 && (isLast || count == LinesPerInput))
            {
                if (!await mailbox.PostAsync(new LinesReceived(this, lines, count, start - buffer.Length)))
                {
                    _isClosing = true;
                    return buffer;
                }

                lines = isLast ? [] : ArrayPool<ReceivedLine>.Shared.Rent(LinesPerInput);
                count = 0;
                start = buffer.Length;
            }

            if (isLast)
            {
                ArrayPool<ReceivedLine>.Shared.Return(lines);
                return buffer;
            }
        }
    }

    private async Task WriteAsync(ConnectionContext transport)
    {
        try
        {
            if (proof is not null)
            {
                await proof.ExchangeAsync(transport.Transport.Output);
            }

            while (await Outbox.Reader.WaitToReadAsync())
            {
                await FlushAsync(transport.Transport.Output);
                if (isForOne)
                {
                    _isClosing = true;
                    Outbox.Close();
                }
            }

            await transport.Transport.Output.CompleteAsync();
            if (isForOne)
            {
                // The other end may take its time, and nothing is to be heard here.
                transport.Transport.Input.CancelPendingRead();
            }
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or TimeoutException
            or OperationCanceledException or InvalidOperationException)
        {
            transport.Abort();
        }
        finally
        {
            Close();
            _written.TrySetResult();
        }
    }

    private async Task<FlushResult> WaitAsync(Task<FlushResult> flush, long unflushed)
    {
        var held = memory.Hold(this, isOutgoing: true, 0, unflushed);
        try
        {
            return await flush.WaitAsync(WriteTimeout);
        }
        finally
        {
            memory.Hold(this, isOutgoing: true, held, 0);
        }
    }

    /// <summary>Many messages, one flush.</summary>
    private async ValueTask FlushAsync(PipeWriter output)
    {
        while (output.UnflushedBytes < BytesPerFlush && Outbox.Reader.TryRead(out var outgoing))
        {
            _unflushed.Add(outgoing);
            MessageCodec.Write(output, outgoing.Message);
        }

        traffic.CountSent(output.UnflushedBytes);

        var unflushed = output.UnflushedBytes;
        var flush = output.FlushAsync();
        var result = flush.IsCompletedSuccessfully ? flush.Result : await WaitAsync(flush.AsTask(), unflushed);
        if (result.IsCompleted || result.IsCanceled)
        {
            throw new ConnectionAbortedException();
        }

        foreach (var outgoing in _unflushed)
        {
            Outbox.Left(outgoing);
        }

        _unflushed.Clear();
    }
}
