using Blockchain.AppHost.Publishing;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>The Docker Compose file, held against the plan.</summary>
public sealed class ComposeTests
{
    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Networks_OfThePublishedFile_JoinJustThosePeersThatCanReachEachOther(string kind)
    {
        using var file = new PeersFiles(kind);
        var compose = Yaml.Parse(await PublishAsync(file));

        var networks = compose.At("networks").Members();
        Assert.All(networks, network => Assert.Equal(network.Key != "public", network.Value.At("internal").Text() == "true"));
        Assert.Equal(file.Plan.Groups.Count + 1, networks.Count);

        var services = compose.At("services").Members();
        Assert.Equal(
            [.. file.Plan.Peers.Select(peer => $"peer-{peer.Id}").Order(), ServiceNames.Observatory],
            services.Keys.OrderBy(name => name == ServiceNames.Observatory).ThenBy(name => name));
        foreach (var (from, to) in file.Pairs)
        {
            var reaches = NetworksOf(from).Intersect(NetworksOf(to)).Any();
            Assert.True(file.Plan.CanReach(from.Id, to.Id) == reaches, $"{from.Id} -> {to.Id}: {reaches}");
        }

        IEnumerable<string?> NetworksOf(PeerPlan peer) =>
            services[$"peer-{peer.Id}"].At("networks").Items().Select(network => network.Text());
    }

    [Fact]
    public async Task Services_OfThePublishedFile_KnowThePlanAndEachOtherByName()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        var compose = Yaml.Parse(await PublishAsync(file));

        var written = PeersFile.Parse(compose.At("configs", "peers", "content").Text()!.Replace("$$", "$", StringComparison.Ordinal));
        Assert.Equal(file.Plan.Peers, written.Plan!.Peers);
        foreach (var peer in file.Plan.Peers)
        {
            var service = compose.At("services", $"peer-{peer.Id}");
            var environment = service.At("environment").Texts();
            Assert.Equal(peer.Id.Value, environment["Node__Id"]);
            Assert.Equal("Discovered", environment["Node__Addresses"]);
            Assert.Equal(environment["Node__File"], service.At("configs").Items().Single().At("target").Text());
            foreach (var other in file.Plan.Peers.Where(other => other.Id != peer.Id))
                Assert.Equal($"tcp://peer-{other.Id}:{other.Info.Port}", environment[$"services__peer-{other.Id}__p2p__0"]);

            // Pages of NATed peers stay inside; the others' are to be seen from this machine only.
            var ports = service.At("ports").Items().Select(port => port.Text()!).ToArray();
            Assert.Equal(peer.Info.Nat ? 0 : 1, ports.Length);
            Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Observatory_OfThePublishedFile_SharesANetworkWithEveryPeerAndKnowsItsPage(string kind)
    {
        using var file = new PeersFiles(kind);
        var compose = Yaml.Parse(await PublishAsync(file));
        var observatory = compose.At("services", ServiceNames.Observatory);
        var environment = observatory.At("environment").Texts();
        var networks = observatory.At("networks").Items().Select(network => network.Text()).ToArray();
        foreach (var peer in file.Plan.Peers)
        {
            var service = compose.At("services", $"peer-{peer.Id}");
            Assert.NotEmpty(networks.Intersect(service.At("networks").Items().Select(network => network.Text())));
            Assert.Equal(
                $"http://peer-{peer.Id}:{file.Plan.HttpPort(peer.Id)}", environment[$"services__peer-{peer.Id}__http__0"]);
        }

        // It stands in every NAT group: whoever reaches it must not act by it on peers that he does not reach.
        Assert.DoesNotContain("Observatory__Key", environment.Keys);
        Assert.DoesNotContain("AllowedHosts", environment.Keys);

        Assert.Equal("127.0.0.1:7999:7999", Assert.Single(observatory.At("ports").Items()).Text());
        Assert.Equal(
            environment["Observatory__File"], Assert.Single(observatory.At("configs").Items()).At("target").Text());
    }

    /// <summary>Whole, so that a change of Aspire's output is seen; the key to update it is in the message.</summary>
    [Fact]
    public async Task PublishedFile_OfTwoPeers_IsTheSnapshot()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        Snapshot.AssertEqual("compose.yaml", await PublishAsync(file));
    }

    private static async Task<string> PublishAsync(PeersFiles file)
    {
        Assert.SkipUnless(PublishingExtensions.LeftOut is null, PublishingExtensions.LeftOut!);
        var folder = Path.Combine(file.Folder.FullName, "out");
        var (code, output, errors) = await AppHostProcess.RunAsync(
            "--peers", file.Path, "--target", "compose", "--operation", "publish", "--step", "publish", "--output-path", folder);
        Assert.True(code == 0, $"{output}\n{string.Join('\n', errors)}");
        return await File.ReadAllTextAsync(Path.Combine(folder, "docker-compose.yaml"));
    }
}
