using System.Net;
using System.Net.Sockets;
using Blockchain.Launching.Nodes;
using Blockchain.Launching;
using Blockchain.Shared;

namespace Blockchain.Network.Scenarios;

/// <summary>What NAT keeps apart, and relays bring together.</summary>
public abstract class RelayScenarios(NetworkRun run)
{
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("5002", "5007")]
    [InlineData("5007", "5002")]
    public async Task PeersBehindDifferentNats_AfterTheRun_HaveMeasuredEachOtherThroughTwoRelays(string from, string to)
    {
        Assert.False(run.Network.Plan.CanReach(new PeerId(from), new PeerId(to)));
        Assert.DoesNotContain(
            run.Network.Plan.Peers,
            relay => run.Network.Plan.CanReach(new PeerId(from), relay.Id) && run.Network.Plan.CanReach(
                relay.Id, new PeerId(to)));

        var node = run.Network.Node(from);
        await HearsAsync(node, to);
        double? latency = null;
        await Eventually.HoldsAsync(
            $"{from} has measured {to}",
            async () => (latency = (await node.Client.LatencyAsync())[to]) is not null,
            run.Network.Nodes.SightAsync,
            run.Network.DescribeAsync);
        TestContext.Current.TestOutputHelper!.WriteLine($"{from} to {to}: {latency * 1000:0} ms");
        Assert.InRange(latency!.Value, 0.000_1, node.Plan.Settings.UnreachableAfter.TotalSeconds);
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
        await HearsAsync(run.Network.Node("5002"), "5000");
    }

    private Task<TimeSpan> HearsAsync(ITrialNode node, string id) => Eventually.HoldsAsync(
        $"{node.Plan.Id} hears {id}",
        async () => (await node.Client.PeersAsync()).Single(peer => peer.PeerId == id).Status == "ALIVE",
        run.Network.Nodes.SightAsync,
        run.Network.DescribeAsync);

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
        catch (SocketException error) when (
                error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
