using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Blockchain.Conformance.Running;

/// <summary>One connection between a player and the node, whichever side opened it.</summary>
internal sealed class TcpConnection : IConnection, IDisposable
{
    private readonly Socket _socket;
    private readonly Action<string> _wrote;
    private volatile bool _isClosed;

    /// <param name="said">Hears of each line of the node, on any thread.</param>
    /// <param name="wrote">Hears of what a test writes byte for byte.</param>
    public TcpConnection(Socket socket, Action<string> said, Action<string> wrote)
    {
        (_socket, _wrote) = (socket, wrote);
        socket.NoDelay = true;
        _ = ReadAsync(said);
    }

    public bool IsClosed => _isClosed;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _wrote(Encoding.UTF8.GetString(bytes.Span));
        await SendAsync(bytes);
    }

    /// <returns>False: it was closed.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(TcpTestee.Patience);
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, patience.Token)..];
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync(Action<string> said)
    {
        var line = new ArrayBufferWriter<byte>();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await _socket.ReceiveAsync(buffer)) > 0;)
            {
                var unread = buffer.AsMemory(0, read);
                for (int at; (at = unread.Span.IndexOf((byte)'\n')) >= 0; unread = unread[(at + 1)..])
                {
                    line.Write(unread.Span[..at]);
                    if (line.WrittenSpan.Trim(" \r\t"u8) is { Length: > 0 } text)
                    {
                        said(Encoding.UTF8.GetString(text));
                    }

                    line.ResetWrittenCount();
                }

                line.Write(unread.Span);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed, one way or the other.
        }

        _isClosed = true;
    }

    public static async Task<Socket> DialAsync(string from, IPEndPoint to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            using var patience = new CancellationTokenSource(TcpTestee.Patience);
            await socket.ConnectAsync(to, patience.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
