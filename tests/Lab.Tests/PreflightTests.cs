using System.Net;
using System.Net.Sockets;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests;

public sealed class PreflightTests
{
    [Fact]
    public void Check_PortInUse_NamesPeerAndPort()
    {
        var plan = OnFreePort();
        using var listener = new TcpListener(IPAddress.Loopback, plan.Peers[0].Info.Port);
        listener.Start();

        var result = Preflight.Check(plan);

        Assert.False(result.IsClear);
        var line = Assert.Single(result.Explain());
        Assert.Equal($"P2P port {listener.LocalEndpoint} of peer 5000 is taken by another process.", line);
    }

    [Fact]
    public void Check_PagePortInUse_NamesPeerAndPort()
    {
        var plan = OnFreePort();
        using var listener = new TcpListener(IPAddress.Loopback, plan.HttpPort(new PeerId("5000")));
        listener.Start();
        Assert.Equal(
            $"HTTP port {listener.LocalEndpoint} of peer 5000 is taken by another process.",
            Assert.Single(Preflight.Check(plan).Explain()));
    }

    [Fact]
    public void Check_FreePorts_IsClear()
    {
        var result = Preflight.Check(OnFreePort());
        Assert.True(result.IsClear);
        Assert.Empty(result.Explain());
    }

    [Fact]
    public void Explain_MissingAddresses_SaysHowToAddThemAndHowToDoWithout() => Assert.Equal(
        [
            "This machine does not have 2 of the peers' addresses, as macOS does by default. Add them:",
            "  sudo ifconfig lo0 alias 127.28.0.10 up",
            "  sudo ifconfig lo0 alias 127.28.0.11 up",
            "or run all peers on 127.0.0.1 with: --addresses single",
        ],
        new PreflightResult(["127.28.0.10", "127.28.0.11"], []).Explain());

    [Fact]
    public void Assign_SeveralPeersOnOneAddress_GetPortsOfTheirOwn()
    {
        var plan = FreePorts.Assign(Networks.OfEveryKind().OnSingleAddress());
        var ports = plan.Peers.SelectMany(peer => new[] { peer.Info.Port, plan.HttpPort(peer.Id) }).ToArray();
        Assert.Equal(ports.Length, ports.Distinct().Count());
        Assert.True(Preflight.Check(plan).IsClear);
    }

    private static NetworkPlan OnFreePort() =>
        FreePorts.Assign(new NetworkPlan([Networks.Peer("5000")]).OnSingleAddress());
}
