using System.Threading.Channels;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>What waits to be written to one connection; bounded in messages and in bytes.</summary>
internal sealed class OutboundQueue
{
    public const int MaxMessages = 4_096;
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>What a message without a kept JSON text is taken to have; they are short.</summary>
    private const int TypicalBytes = 256;

    // The event loop itself writes into the pipe, which never waits: one thread less to wake for each message.
    private readonly Channel<Outgoing> _channel = Channel.CreateUnbounded<Outgoing>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });

    private int _messages;
    private long _bytes;

    public ChannelReader<Outgoing> Reader => _channel.Reader;

    /// <summary>
    /// False when it is full, or the connection closed. A message of any size fits into an empty queue.
    /// </summary>
    public bool TryEnqueue(Outgoing outgoing)
    {
        var size = SizeOf(outgoing.Message);
        if (Volatile.Read(ref _messages) >= MaxMessages
            || (Volatile.Read(ref _bytes) is var bytes && bytes > 0 && bytes + size > MaxBytes))
        {
            return false;
        }

        // Counted first: the reader may have written the message before this method goes on.
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _bytes, size);
        if (_channel.Writer.TryWrite(outgoing))
        {
            return true;
        }

        Left(outgoing);
        return false;
    }

    /// <summary>A message was handed to the socket.</summary>
    public void Left(Outgoing outgoing)
    {
        Interlocked.Decrement(ref _messages);
        Interlocked.Add(ref _bytes, -SizeOf(outgoing.Message));
    }

    public void Close() => _channel.Writer.TryComplete();

    private static int SizeOf(Message message) => message switch
    {
        Block block => block.Json.Length,
        Transaction transaction => transaction.Json.Length,
        Relay { Json.Length: > 0 } relay => relay.Json.Length,
        Relay relay => TypicalBytes + SizeOf(relay.Payload),
        BlockHeaders headers => TypicalBytes * (1 + headers.Headers.Count),
        Inv inventory => TypicalBytes + (inventory.BlockIds.Count * Hash256.HexLength),
        GetBlock request => TypicalBytes + (request.BlockIds.Count * Hash256.HexLength),
        PeerList list => TypicalBytes * (1 + list.Peers.Count),
        _ => TypicalBytes,
    };
}
