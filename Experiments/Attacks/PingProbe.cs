using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Blockchain.Experiments.Wire;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks;

/// <summary>An honest peer that sends one node PINGs, answers what it is sent, and notes how long PONGs take.</summary>
internal sealed class PingProbe(PeerInfo self, LocalNode node)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    /// <summary>By timestamp, which comes back in the PONG: seconds until it came, infinite until then.</summary>
    private readonly ConcurrentDictionary<double, double> _delays = new();

    public LocalNode Node => node;

    public PeerId Self => self.Id;

    /// <summary>Seconds of every PING sent between the two times (Unix seconds); infinite: never answered.</summary>
    public double[] Delays(double from, double to) =>
        [.. _delays.Where(ping => ping.Key >= from && ping.Key < to).Select(ping => ping.Value)];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await PingAsync(stop);
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException
                or OperationCanceledException)
            {
                await Task.WhenAny(Task.Delay(Interval, stop));
            }
        }
    }

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

    private async Task PingAsync(CancellationToken stop)
    {
        // What is not to be had, a connection included, is a PING without an answer.
        _delays.TryAdd(Now(), double.PositiveInfinity);
        var to = new IPEndPoint(IPAddress.Parse(node.Plan.Info.Ip), node.Plan.Info.Port);
        using var client = await WireClient.ConnectAsync(IPAddress.Parse(self.Ip), to, stop);
        await client.SendAsync(new Hello(self, MessageId.Of(Guid.NewGuid())), stop);
        var reading = client.ReadAsync(message => HearAsync(client, message, stop), stop);
        using var timer = new PeriodicTimer(Interval);
        while (!reading.IsCompleted)
        {
            await timer.WaitForNextTickAsync(stop);
            var now = Now();
            _delays.TryAdd(now, double.PositiveInfinity);
            await client.SendAsync(new Ping(self.Id, now, MessageId.Of(Guid.NewGuid())), stop);
        }

        await reading;
    }

    private Task HearAsync(WireClient client, Message message, CancellationToken stop)
    {
        switch (message)
        {
            case Ping ping:
                return client.SendAsync(new Pong(self.Id, ping.Timestamp, MessageId.Of(Guid.NewGuid())), stop);
            case Pong pong:
                _delays.TryUpdate(pong.Timestamp, Now() - pong.Timestamp, double.PositiveInfinity);
                break;
        }

        return Task.CompletedTask;
    }
}
