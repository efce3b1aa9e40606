using System.Net;

namespace Blockchain.PeerNode.Tests;

/// <summary>Addresses that only service discovery knows, as in containers.</summary>
public sealed class DiscoveredAddressTests
{
    [Fact]
    public async Task Caller_FromTheAddressThatDiscoveryHasForAPeer_IsThatPeer()
    {
        var elsewhere = NodeFixture.NewNetwork();
        await using var node = await NodeFixture.StartAsync(
            own: """, "nat": true, "localnetworkid": 7""",
            settings: "",
            "--Node:Addresses=Discovered",
            $"--services:peer-2:p2p:0=tcp://{elsewhere}.2:5002",
            $"--services:peer-3:p2p:0=tcp://{elsewhere}.3:5003");
        var here = new IPEndPoint(IPAddress.Loopback, node.P2p.Port);
        Assert.Equal(IPAddress.Any, node.P2p.Address);

        // Its own network's peer is heard; the other one and the address that the file has for 2 are not.
        using var inside = await TestClient.ConnectAsync($"{elsewhere}.2", here);
        await inside.SendAsync(TestClient.Ping("2", 3.5));
        Assert.Equal(3.5, (await inside.ReceiveAsync("PONG"))["timestamp"]!.GetValue<double>());

        await TestClient.AssertRefusedAsync($"{elsewhere}.3", here);
        await TestClient.AssertRefusedAsync($"{node.Network}.2", here);
    }
}
