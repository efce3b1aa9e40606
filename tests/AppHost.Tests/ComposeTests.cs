using System.Xml.Linq;
using Blockchain.Shared.Topology;
using YamlDotNet.RepresentationModel;

namespace Blockchain.AppHost.Tests;

/// <summary>The Docker Compose file, held against the plan.</summary>
public sealed class ComposeTests
{
    private const string Dashboard = "dashboard";

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Networks_OfThePublishedFile_JoinJustThosePeersThatCanReachEachOther(string kind)
    {
        using var file = new PeersFiles(kind);
        var compose = Yaml.Parse(await PublishAsync(file));

        var networks = compose.At("networks").Members();
        Assert.All(
            networks, network => Assert.Equal(network.Key != "public", network.Value.At("internal").Text() == "true"));
        Assert.Equal(file.Plan.Groups.Count + 1, networks.Count);

        var services = compose.At("services").Members();
        Assert.Equal(
            [.. file.Plan.Peers.Select(peer => $"peer-{peer.Id}").Append(
                ServiceNames.Observatory).Append(Dashboard).Order()],
            services.Keys.Order());
        foreach (var (from, to) in file.Pairs)
        {
            var reaches = NetworksOf(
                services[$"peer-{from.Id}"]).Intersect(NetworksOf(services[$"peer-{to.Id}"])).Any();
            Assert.True(file.Plan.CanReach(from.Id, to.Id) == reaches, $"{from.Id} -> {to.Id}: {reaches}");
        }
    }

    [Fact]
    public async Task Services_OfThePublishedFile_KnowThePlanAndEachOtherByName()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        var publication = await ComposePublication.CreateAsync(file);
        var compose = Yaml.Parse(publication.Text());

        // A file of its own: Compose cannot put a text into a container whose file system is read-only.
        Assert.Equal("./peers.json", compose.At("configs", "peers", "file").Text());
        Assert.Equal(file.Plan.Peers, PeersFile.Parse(await ReadAsync(publication.PeersFile)).Plan!.Peers);
        foreach (var peer in file.Plan.Peers)
        {
            var service = compose.At("services", $"peer-{peer.Id}");
            var environment = service.At("environment").Texts();
            Assert.Equal(peer.Id.Value, environment["Node__Id"]);
            Assert.Equal("Discovered", environment["Node__Addresses"]);
            Assert.Equal(environment["Node__File"], service.At("configs").Items().Single().At("target").Text());
            foreach (var other in file.Plan.Peers.Where(other => other.Id != peer.Id))
            {
                Assert.Equal(
                    $"tcp://peer-{other.Id}:{other.Info.Port}", environment[$"services__peer-{other.Id}__p2p__0"]);
            }

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
        foreach (var peer in file.Plan.Peers)
        {
            Assert.NotEmpty(NetworksOf(observatory).Intersect(NetworksOf(compose.At("services", $"peer-{peer.Id}"))));
            Assert.Equal(
                $"http://peer-{peer.Id}:{file.Plan.HttpPort(peer.Id)}",
                environment[$"services__peer-{peer.Id}__http__0"]);
        }

        // It stands in every NAT group: whoever reaches it must not act by it on peers that he does not reach.
        Assert.DoesNotContain("Observatory__Key", environment.Keys);
        Assert.DoesNotContain("AllowedHosts", environment.Keys);

        Assert.Equal("127.0.0.1:7999:7999", Assert.Single(observatory.At("ports").Items()).Text());
        Assert.Equal(
            environment["Observatory__File"], Assert.Single(observatory.At("configs").Items()).At("target").Text());
    }

    [Fact]
    public async Task Volumes_OfANetworkThatKeepsData_AreOneForEachPeer()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        Assert.Empty(Yaml.Parse(await PublishAsync(file)).At("volumes").Members());

        await File.WriteAllTextAsync(
            file.Path, PeersFile.Write(file.Plan.WithData("kept")), TestContext.Current.CancellationToken);
        var publication = await ComposePublication.CreateAsync(file);
        var compose = Yaml.Parse(publication.Text());
        Assert.Equal(
            file.Plan.Peers.Select(peer => $"peer-{peer.Id}").Order(), compose.At("volumes").Members().Keys.Order());
        Assert.All(file.Plan.Peers, peer => Assert.Equal(
            $"peer-{peer.Id}:/home/app",
            Assert.Single(compose.At("services", $"peer-{peer.Id}", "volumes").Items()).Text()));
        Assert.Equal(
            "/home/app/blockchain", PeersFile.Parse(await ReadAsync(publication.PeersFile)).Plan!.Data);
    }

    [Fact]
    public async Task Variables_OfThePublishedFile_HaveDefaultsButForTheKey()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        var publication = await ComposePublication.CreateAsync(file);

        var missing = Assert.Throws<InvalidOperationException>(() => Interpolate(""));
        Assert.StartsWith($"{ComposePublication.ControlKey}: set it in .env to a secret", missing.Message,
            StringComparison.Ordinal);
        var services = Yaml.Parse(Interpolate("secret")).At("services").Members();
        foreach (var (name, service) in services.Where(service => service.Key != Dashboard))
        {
            var environment = service.At("environment").Texts();
            Assert.Equal(
                name == ServiceNames.Observatory ? null : "secret", environment.GetValueOrDefault("Node__Key"));

            // Nodes take it for no collector, and make no traces.
            Assert.Equal("", environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        }

        // Each is in .env, with a word on it.
        var lines = (await ReadAsync(publication.EnvironmentFile)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["CONTROL_KEY="], lines.Where(line => line[0] != '#'));
        Assert.All(
            (string[])["PEER_IMAGE", "OBSERVATORY_IMAGE", "OTEL_EXPORTER_OTLP_ENDPOINT"],
            name => Assert.Contains(lines, line => line.StartsWith($"# {name}=", StringComparison.Ordinal)));

        string Interpolate(string key) => ComposePublication.Interpolate(
            publication.Text(), new Dictionary<string, string> { [ComposePublication.ControlKey] = key });
    }

    [Fact]
    public async Task Images_OfThePublishedFile_AreThoseThatPublishContainerMakes()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        var text = ComposePublication.Interpolate(
            await PublishAsync(file), new Dictionary<string, string> { [ComposePublication.ControlKey] = "secret" });
        foreach (var (name, service) in Yaml.Parse(text).At("services").Members().Where(
            service => service.Key != Dashboard))
        {
            var project = name == ServiceNames.Observatory ? "Observatory" : "PeerNode";
            Assert.Equal($"{RepositoryOf(project)}:latest", service.At("image").Text());
            Assert.Equal(
                ["CMD", "dotnet", $"/app/Blockchain.{project}.dll", "--health"],
                service.At("healthcheck", "test").Items().Select(item => item.Text()));
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Services_OfThePublishedFile_HaveNoMoreThanTheyNeed(string kind)
    {
        using var file = new PeersFiles(kind);
        foreach (var (name, service) in Yaml.Parse(await PublishAsync(file)).At("services").Members())
        {
            Assert.Equal(["ALL"], service.At("cap_drop").Items().Select(item => item.Text()));
            Assert.Equal(["no-new-privileges:true"], service.At("security_opt").Items().Select(item => item.Text()));
            Assert.Equal("true", service.At("read_only").Text());
            Assert.Equal(["/tmp:size=16m"], service.At("tmpfs").Items().Select(item => item.Text()));
            Assert.Equal("0", service.At("sysctls", "net.ipv4.ip_forward").Text());
            Assert.Equal(
                new Dictionary<string, string?> { ["cpus"] = "1", ["memory"] = name == Dashboard
                    ? "1G" : "512M", ["pids"] = "256" },
                service.At("deploy", "resources", "limits").Texts());
            Assert.Equal(
                new Dictionary<string, string?> { ["max-size"] = "10m", ["max-file"] = "3" },
                service.At("logging", "options").Texts());
            Assert.Equal("unless-stopped", service.At("restart").Text());
            Assert.Equal(name, service.At("hostname").Text());
            Assert.All(
                service.At("ports").Items(), port => Assert.StartsWith(
                    "127.0.0.1:", port.Text()!, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Dashboard_OfThePublishedFile_WaitsForItsProfileAndCanBeReachedByEveryPeer(string kind)
    {
        using var file = new PeersFiles(kind);
        var compose = Yaml.Parse(await PublishAsync(file));
        var dashboard = compose.At("services", Dashboard);
        Assert.Equal([Dashboard], dashboard.At("profiles").Items().Select(profile => profile.Text()));
        Assert.Equal(compose.At("networks").Members().Keys.Order(), NetworksOf(dashboard).Order());
        Assert.Equal("127.0.0.1:18888:18888", Assert.Single(dashboard.At("ports").Items()).Text());
        Assert.Matches(@"^mcr\.microsoft\.com/dotnet/aspire-dashboard:\d+\.\d+\.\d+$", dashboard.At("image").Text());

        // Its page asks for a token, unless it is told not to: what one peer tells it, another cannot ask it for.
        Assert.Null(dashboard.At("environment"));
    }

    [Fact]
    public async Task Secret_WrittenByTheUser_OutlivesAnotherPublication()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        var publication = await ComposePublication.CreateAsync(file);
        await File.WriteAllTextAsync(
            publication.EnvironmentFile, "CONTROL_KEY=mine", TestContext.Current.CancellationToken);
        await ComposePublication.CreateAsync(file);
        Assert.Equal("CONTROL_KEY=mine", await ReadAsync(publication.EnvironmentFile));
    }

    [Fact]
    public async Task ManualPeer_OfThePublishedFile_WaitsForItsProfile()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        var services = Yaml.Parse(await PublishAsync(file)).At("services");
        Assert.Equal(["manual"], services.At("peer-late", "profiles").Items().Select(profile => profile.Text()));
        Assert.Empty(services.At("peer-1", "profiles").Items());
    }

    /// <summary>Whole, so that a change is looked at; the key to update it is in the message.</summary>
    [Fact]
    public async Task PublishedFile_OfANetwork_IsTheSnapshot()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        Snapshot.AssertEqual("compose.yaml", await PublishAsync(file));
    }

    private static async Task<string> PublishAsync(PeersFiles file) =>
        (await ComposePublication.CreateAsync(file)).Text();

    private static IEnumerable<string?> NetworksOf(YamlNode? service) =>
        service.At("networks").Items().Select(network => network.Text());

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static string RepositoryOf(string project)
    {
        var path = Sources.PathOf($"{project}/{project}.csproj");
        return Assert.Single(XDocument.Load(path).Descendants("ContainerRepository")).Value;
    }
}
