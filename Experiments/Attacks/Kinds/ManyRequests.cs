using Blockchain.Experiments.Wire;
using Blockchain.Launching;
using System.Net;
using System.Net.Sockets;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>The pages of a node: event streams that stay open unread, idle connections, and large answers.</summary>
internal sealed class ManyRequests : Attack
{
    private const int Streams = 40;
    private const int Idle = 200;
    private const int Readers = 4;

    private static readonly ReadOnlyMemory<byte> Follow = "GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Ask =
        "GET /arrivals HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray();

    public override string Name => "many-requests";

    public override string What =>
        $"keep {Streams} /events and {Idle} idle connections open at each node's pages, and ask for /arrivals";

    public override Roles By => Roles.Strangers;

    public override Task RunAsync(AttackField field, CancellationToken stop) => Task.WhenAll(
        field.Victims.SelectMany(victim => (IEnumerable<Task>)
        [
            .. Enumerable.Range(0, Streams).Select(_ => AgainAsync(victim, Follow, keep: true, stop)),
            .. Enumerable.Range(0, Idle).Select(_ => AgainAsync(victim, default, keep: true, stop)),
            .. Enumerable.Range(0, Readers).Select(_ => AgainAsync(victim, Ask, keep: false, stop)),
        ]));

    private static async Task AgainAsync(
        LocalNode victim, ReadOnlyMemory<byte> request, bool keep, CancellationToken stop)
    {
        var to = new IPEndPoint(IPAddress.Loopback, victim.Url.Port);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await WireClient.ConnectAsync(from: null, to, stop);
                await client.SendAsync(request, stop);
                if (keep)
                {
                    await Task.Delay(TimeSpan.FromSeconds(10), stop);
                }
                else
                {
                    await client.DiscardAsync(stop);
                }
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(200), stop));
            }
        }
    }
}
