using System.Net;
using System.Net.Sockets;
using Blockchain.Lab.Network;
using Blockchain.Shared;

namespace Blockchain.Network.Scenarios;

/// <summary>What NAT keeps apart, and relays bring together.</summary>
public abstract class RelayScenarios(NetworkRun run)
{
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("5002", "5007")]
    [InlineData("5007", "5002")]
    public void PeersBehindDifferentNats_AfterTheRun_HaveMeasuredEachOtherThroughTwoRelays(string from, string to)
    {
        Assert.False(run.Network.Plan.CanReach(new PeerId(from), new PeerId(to)));
        Assert.DoesNotContain(
            run.Network.Plan.Peers,
            relay => run.Network.Plan.CanReach(new PeerId(from), relay.Id) && run.Network.Plan.CanReach(relay.Id, new PeerId(to)));

        var record = run.Records.Single(record => record.Id == from);
        Assert.Equal("ALIVE", record.Peers[to].Status);
        var latency = Assert.NotNull(record.Latency[to]);
        TestContext.Current.TestOutputHelper!.WriteLine($"{from} to {to}: {latency * 1000:0} ms");
        Assert.InRange(latency, 0.000_1, 20);
    }

    [Fact]
    public async Task PeerBehindNat_ConnectionFromOutsideItsNetwork_IsClosedAtOnce()
    {
        Assert.SkipWhen(
            run.Network.Addresses == AddressMode.Single,
            "This machine has no loopback address but 127.0.0.1, so that a connection's source tells nothing.");
        var outside = run.Network.Plan[new PeerId("5005")].Info;
        var natted = run.Network.Plan[new PeerId("5002")].Info;

        Assert.True(await IsClosedAsync(outside.Ip, natted.Ip, natted.Port));

        // Nor is it closed to everybody: its own gateway it hears.
        Assert.Equal("ALIVE", run.Records.Single(record => record.Id == "5002").Peers["5000"].Status);
    }

    private static async Task<bool> IsClosedAsync(string from, string to, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        using var deadline = new CancellationTokenSource(RefusalTime);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(to), port, deadline.Token);
            return await socket.ReceiveAsync(new byte[1], deadline.Token) == 0;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
