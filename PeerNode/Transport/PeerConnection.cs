using System.Buffers;
using System.IO.Pipelines;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Microsoft.AspNetCore.Connections;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// One TCP connection with another peer, accepted or dialed: reads lines and verifies their ids on its own task, writes
/// what waits in its queue on another.
/// </summary>
internal sealed class PeerConnection(
    string remoteIp, LoopMailbox mailbox, ConnectionMemory memory, Traffic traffic, int maxLineBytes)
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
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConnectionContext? _transport;
    private volatile bool _isClosing;

    public string RemoteIp { get; } = remoteIp;

    public OutboundQueue Outbox { get; } = new();

    /// <summary>It takes no more messages.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Who is behind it; a stranger until the event loop knows better.</summary>
    public PeerId Peer { get; set; } = PeerId.OfStranger(remoteIp);

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
            await ReadAsync(transport.Transport.Input);
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // How it ended is no matter; that it ended is told by the caller.
        }
        finally
        {
            _isClosing = true;
            Outbox.Close();
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
        _isClosing = true;
        Outbox.Close();
        _transport?.Abort();
    }

    /// <summary>Takes nothing more, and closes when what waits is written, by which the other side learns of it.</summary>
    /// <returns>Completes when it is, or cannot be.</returns>
    public Task CloseAsync()
    {
        Outbox.Close();
        return _written.Task;
    }

    /// <summary>Reports all that did not leave. After this nothing more can be enqueued.</summary>
    public async Task FailUnsentAsync()
    {
        _isClosing = true;
        _written.TrySetResult();
        Outbox.Close();
        while (Outbox.Reader.TryRead(out var outgoing))
        {
            _unflushed.Add(outgoing);
        }

        if (_unflushed.Count > 0)
        {
            await mailbox.PostAsync(new TransmissionsFailed([.. _unflushed.Select(one => one.Transmission)]));
        }
    }

    private async Task ReadAsync(PipeReader input)
    {
        var reader = new MessageReader(maxLineBytes);
        long held = 0;
        long unread = 0;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync();
                traffic.CountReceived(result.Buffer.Length - unread);
                var rest = await ParseAsync(reader, result.Buffer);
                unread = rest.Length;
                input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted || result.IsCanceled || reader.IsExhausted || _isClosing)
                {
                    return;
                }

                held = memory.Hold(this, isOutgoing: false, held, rest.Length);
            }
        }
        finally
        {
            memory.Hold(this, isOutgoing: false, held, 0);
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
                lines[count++] = new ReceivedLine(message, reason);
            }

            var isLast = outcome == ReadOutcome.NeedMore || reader.IsExhausted || _isClosing;
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
            while (await Outbox.Reader.WaitToReadAsync())
            {
                await FlushAsync(transport.Transport.Output);
            }

            await transport.Transport.Output.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or TimeoutException
            or OperationCanceledException or InvalidOperationException)
        {
            transport.Abort();
        }
        finally
        {
            _isClosing = true;
            Outbox.Close();
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
