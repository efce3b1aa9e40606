using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Wire;

/// <summary>The other end of one connection with a node, from any address of this machine.</summary>
internal sealed class WireClient : IDisposable
{
    private const int ChunkSize = 256 * 1024;

    /// <summary>What a node sends may be long; a reader that is stricter than the sender would only lose it.</summary>
    private const int LongestLine = 64 * 1024 * 1024;

    private readonly Socket _socket;
    private readonly SemaphoreSlim _sending = new(1);

    private WireClient(Socket socket) => _socket = socket;

    /// <param name="from">Where the connection comes from; null: where the system likes.</param>
    /// <exception cref="SocketException">The node does not take the connection.</exception>
    public static async Task<WireClient> ConnectAsync(
        IPAddress? from, EndPoint to, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
            {
                socket.Bind(new IPEndPoint(from, 0));
            }

            await socket.ConnectAsync(to, cancellation);
            return new WireClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Texts leave one at a time, also when several callers send.</summary>
    /// <exception cref="SocketException">The node has closed the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            while (!text.IsEmpty)
            {
                var sent = await _socket
                    .SendAsync(text[..Math.Min(ChunkSize, text.Length)], SocketFlags.None, cancellation);
                text = text[sent..];
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <exception cref="SocketException">The node has closed the connection.</exception>
    public Task SendAsync(Message message, CancellationToken cancellation) => SendAsync(LineOf(message), cancellation);

    /// <summary>Reads until the connection ends.</summary>
    /// <param name="heard">Called with each message.</param>
    public async Task ReadAsync(Func<Message, Task> heard, CancellationToken cancellation)
    {
        var stream = new NetworkStream(_socket);
        await using (stream)
        {
            var input = PipeReader.Create(stream);
            var reader = new MessageReader(LongestLine);
            while (true)
            {
                var result = await input.ReadAsync(cancellation);
                var buffer = result.Buffer;
                ReadOutcome outcome;
                while ((outcome = reader.TryRead(ref buffer, out var message, out _)) != ReadOutcome.NeedMore)
                {
                    if (outcome == ReadOutcome.Message)
                    {
                        await heard(message!);
                    }
                }

                input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Reads until the connection ends, whatever comes.</summary>
    public async Task DiscardAsync(CancellationToken cancellation)
    {
        var buffer = new byte[ChunkSize];
        while (await _socket.ReceiveAsync(buffer, cancellation) > 0)
        {
        }
    }

    /// <summary>As it travels, its end included.</summary>
    public static ReadOnlyMemory<byte> LineOf(Message message)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        return output.WrittenMemory;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }
}
