using System.Diagnostics;
using System.Net.Sockets;
using Blockchain.NodeApi;

namespace Blockchain.Experiments.Load;

/// <summary>Sends transactions to a node and measures until it has accepted them.</summary>
internal sealed class LoadGenerator(LoadTarget target, NodeClient client)
{
    private const int ChunkSize = 256 * 1024;

    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(5);

    // Without a further one accepted for so long, none will be: a limit, a full pool, or a block took them.
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(5);

    /// <param name="lines">What goes over each connection.</param>
    /// <param name="count">Transactions in all of them.</param>
    /// <exception cref="SocketException">The node does not take a connection, or closes it.</exception>
    /// <exception cref="HttpRequestException">Its pages do not answer.</exception>
    public async Task<LoadResult> RunAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> lines, int count, CancellationToken cancellation)
    {
        var before = (await client.StatusAsync(cancellation)).Pool;
        var sockets = lines.Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }).ToArray();
        try
        {
            foreach (var socket in sockets)
            {
                await socket.ConnectAsync(target.Host, target.Port, cancellation);
            }

            var watch = Stopwatch.StartNew();
            var sending = Task.WhenAll(sockets.Zip(lines, (socket, text) => SendAsync(socket, text, cancellation)));
            var (accepted, time) = await CountAsync(before, count, watch, sending, cancellation);
            await sending;
            return new LoadResult(count, accepted, time);
        }
        finally
        {
            foreach (var socket in sockets)
            {
                socket.Dispose();
            }
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        while (!text.IsEmpty)
        {
            var sent = await socket
                .SendAsync(text[..Math.Min(ChunkSize, text.Length)], SocketFlags.None, cancellation);
            text = text[sent..];
        }
    }

    /// <summary>
    /// Waits until the pool has grown by the count, or grows no more. The time is that of its last growth.
    /// </summary>
    private async Task<(int Accepted, TimeSpan Time)> CountAsync(
        int before, int count, Stopwatch watch, Task sending, CancellationToken cancellation)
    {
        var (accepted, time) = (0, TimeSpan.Zero);
        using var timer = new PeriodicTimer(AskInterval);
        while (accepted < count && watch.Elapsed - time < Stalled && !sending.IsFaulted)
        {
            await timer.WaitForNextTickAsync(cancellation);
            var now = (await client.StatusAsync(cancellation)).Pool - before;
            if (now > accepted)
            {
                (accepted, time) = (now, watch.Elapsed);
            }
        }

        return (accepted, time);
    }
}
