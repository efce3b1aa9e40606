using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Blockchain.Experiments.Wire;
using Blockchain.NodeApi;

namespace Blockchain.Experiments.Load;

/// <summary>Sends transactions to a node and measures until it has accepted them.</summary>
internal sealed class LoadGenerator(LoadTarget target, NodeClient client)
{
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
        var clients = new List<WireClient>();
        try
        {
            foreach (var _ in lines)
            {
                var node = new DnsEndPoint(target.Host, target.Port, AddressFamily.InterNetwork);
                clients.Add(await WireClient.ConnectAsync(from: null, node, cancellation));
            }

            var watch = Stopwatch.StartNew();
            var sending = Task.WhenAll(clients.Zip(lines, (one, text) => one.SendAsync(text, cancellation)));
            var (accepted, time) = await CountAsync(before, count, watch, sending, cancellation);
            await sending;
            return new LoadResult(count, accepted, time);
        }
        finally
        {
            foreach (var one in clients)
            {
                one.Dispose();
            }
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
