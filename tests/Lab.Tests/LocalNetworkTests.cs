using Blockchain.Launching;
using Blockchain.Shared;

namespace Blockchain.Lab.Tests;

public sealed class LocalNetworkTests
{
    [Fact]
    public async Task Network_Created_HasANodeForEachPeerAndStartsNone()
    {
        await using var network = new LocalNetwork(Networks.OfEveryKind(), "peers.json", new LocalNetworkOptions());
        Assert.Equal(["5000", "5001", "5002", "5003"], network.Nodes.Select(node => node.Id.Value));
        Assert.All(network.Nodes, node => Assert.Equal(NodeState.Idle, node.State));
        Assert.Equal(new Uri("http://127.0.0.1:7002/"), network["5002"].Url);
        Assert.False(network.IsAnyRunning);
    }

    [Fact]
    public async Task Start_PeersStartedByHand_AreLeftAlone()
    {
        var plan = Networks.OfEveryKind().Select(peer => peer with { ManualStart = true });
        await using var network = new LocalNetwork(plan, "peers.json", new LocalNetworkOptions());
        network.Start();
        Assert.All(network.Nodes, node => Assert.Null(node.ProcessId));
    }

    [Fact]
    public async Task Network_WithAnObservatory_TellsItOfEveryPeerAlsoOfThoseStartedByHand()
    {
        var plan = Networks.OfEveryKind().Select(peer => peer with { ManualStart = peer.Id.Value == "5003" });
        var options = new LocalNetworkOptions { ObservatoryPort = 7999, ControlKey = "secret" };
        await using var network = new LocalNetwork(plan, "peers.json", options);
        Assert.Equal(new Uri("http://127.0.0.1:7999/"), network.Observatory!.Url);

        var executable = ObservatoryLaunch.Find(AppContext.BaseDirectory);
        var environment = ObservatoryLaunch.StartInfo(
            executable, "peers.json", network.Observatory.Url, network.Nodes, options).Environment;
        Assert.Equal(
            ["http://127.0.0.1:7000", "http://127.0.0.1:7001", "http://127.0.0.1:7002", "http://127.0.0.1:7003"],
            plan.Peers.Select(peer => environment[$"services__peer-{peer.Id}__http__0"]));
        Assert.Equal("http://127.0.0.1:7999", environment["ASPNETCORE_URLS"]);
        Assert.Equal("secret", environment["Observatory__Key"]);
        Assert.Equal(Path.GetFullPath("peers.json"), environment["Observatory__File"]);
        Assert.Equal("true", environment["StopWithInput"]);
        Assert.Equal("false", environment["Observatory__Open"]);
        Assert.Equal(
            $"http://127.0.0.1:7999/login?t={environment["Observatory__Token"]}", network.ObservatoryLogin!.ToString());
    }

    [Fact]
    public async Task Network_WithAnOpenObservatory_HasNoToken()
    {
        var options = new LocalNetworkOptions { ObservatoryPort = 7999, ObservatoryToken = null };
        await using var network = new LocalNetwork(Networks.OfEveryKind(), "peers.json", options);

        var environment = ObservatoryLaunch.StartInfo(
            ObservatoryLaunch.Find(AppContext.BaseDirectory), "peers.json", network.Observatory!.Url, network.Nodes,
            options).Environment;
        Assert.Equal("true", environment["Observatory__Open"]);
        Assert.Equal(network.Observatory.Url, network.ObservatoryLogin);
    }

    [Fact]
    public void LoginIn_LineOfTheObservatory_IsItsAddress()
    {
        Assert.Equal(
            new Uri("http://127.0.0.1:7999/login?t=ab"),
            ObservatoryLaunch.LoginIn("14:32:55 info Login: For one more browser: http://127.0.0.1:7999/login?t=ab"));
        Assert.Null(ObservatoryLaunch.LoginIn("14:32:55 info Observatory: Following 5000"));
    }

    [Fact]
    public async Task Add_NewPeer_IsKnownToTheLauncherButNotInThePlan()
    {
        await using var network = new LocalNetwork(Networks.OfEveryKind(), "peers.json", new LocalNetworkOptions());
        network.Add(Networks.Peer("5004", 5004), "other.json");
        Assert.Equal("5004", network["5004"].Id.Value);
        Assert.False(network.Plan.TryGet(new PeerId("5004"), out _));
    }
}
