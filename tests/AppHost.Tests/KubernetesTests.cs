using Blockchain.AppHost.Network;
using Blockchain.AppHost.Publishing;
using Blockchain.Shared.Topology;
using YamlDotNet.RepresentationModel;

namespace Blockchain.AppHost.Tests;

/// <summary>The Helm chart, held against the plan.</summary>
public sealed class KubernetesTests
{
    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task NetworkPolicies_OfTheChart_AdmitJustThosePeersThatCanReachEachOther(string kind)
    {
        using var file = new PeersFiles(kind);
        var chart = await PublishAsync(file);
        var policies = chart.Where(resource => resource.At("kind").Text() == "NetworkPolicy").ToArray();
        Assert.Equal(file.Plan.Groups.Count, policies.Length);
        var labels = file.Plan.Peers.ToDictionary(
            peer => peer.Id, peer => Find(chart, "StatefulSet", $"peer-{peer.Id}").At("spec", "template", "metadata", "labels").Texts());

        foreach (var (from, to) in file.Pairs)
        {
            var reaches = Admits(from, to, "Egress", "egress", "to") && Admits(to, from, "Ingress", "ingress", "from");
            Assert.True(file.Plan.CanReach(from.Id, to.Id) == reaches, $"{from.Id} -> {to.Id}: {reaches}");
        }

        // As Kubernetes has it: a pod that no policy selects is free; else one rule of one policy has to allow it.
        bool Admits(PeerPlan selected, PeerPlan other, string type, string rules, string side)
        {
            var applying = policies.Where(policy =>
                policy.At("spec", "policyTypes").Items().Any(item => item.Text() == type)
                && Matches(policy.At("spec", "podSelector"), labels[selected.Id])).ToArray();
            return applying.Length == 0 || applying.Any(policy => policy.At("spec", rules).Items().Any(rule =>
                AllowsP2p(rule, other.Info.Port)
                && (rule.At(side) is null || rule.At(side).Items().Any(item => Matches(item.At("podSelector"), labels[other.Id])))));
        }
    }

    [Fact]
    public async Task Peers_OfTheChart_HaveStableNamesProbesAndResources()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        var chart = await PublishAsync(file);
        var config = Find(chart, "ConfigMap", "peers-file");
        Assert.Equal(file.Plan.Peers, PeersFile.Parse(config.At("data", "peers.json").Text()!).Plan!.Peers);
        foreach (var peer in file.Plan.Peers)
        {
            var set = Find(chart, "StatefulSet", $"peer-{peer.Id}");
            var service = Find(chart, "Service", $"peer-{peer.Id}-service");
            Assert.Equal("None", service.At("spec", "clusterIP").Text());
            Assert.Equal(service.At("metadata", "name").Text(), set.At("spec", "serviceName").Text());
            Assert.Equal("1", set.At("spec", "replicas").Text());

            var container = Assert.Single(set.At("spec", "template", "spec", "containers").Items());
            Assert.Equal("/health", container.At("readinessProbe", "httpGet", "path").Text());
            Assert.Equal("/alive", container.At("livenessProbe", "httpGet", "path").Text());
            Assert.Equal("HTTP", container.At("livenessProbe", "httpGet", "scheme").Text());
            Assert.NotNull(container.At("resources", "limits", "memory"));
            Assert.NotNull(container.At("resources", "requests", "cpu"));
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Observatory_OfTheChart_IsLetInToThePagesOfNatedPeersAndNotAsAPeer(string kind)
    {
        using var file = new PeersFiles(kind);
        var chart = await PublishAsync(file);
        var observatory = Find(chart, "Deployment", $"{ServiceNames.Observatory}-deployment").At("spec", "template");
        var labels = observatory.At("metadata", "labels").Texts();
        var environment = Find(chart, "ConfigMap", $"{ServiceNames.Observatory}-config").At("data").Texts();
        Assert.Contains("AllowedHosts", environment.Keys);
        Assert.DoesNotContain("Observatory__Key", environment.Keys);
        Assert.DoesNotContain(chart, resource =>
            resource.At("kind").Text() == "Secret"
            && resource.At("metadata", "name").Text()!.StartsWith(ServiceNames.Observatory));
        foreach (var policy in chart.Where(resource => resource.At("kind").Text() == "NetworkPolicy"))
        {
            Assert.False(Matches(policy.At("spec", "podSelector"), labels));
            var rule = Assert.Single(policy.At("spec", "ingress").Items(), rule =>
                rule.At("from").Items().Any(from => Matches(from.At("podSelector"), labels)));
            Assert.Equal(Names.Http, Assert.Single(rule.At("ports").Items()).At("port").Text());
        }

        foreach (var peer in file.Plan.Peers)
        {
            var ports = Find(chart, "StatefulSet", $"peer-{peer.Id}").At("spec", "template", "spec", "containers").Items().Single().At("ports");
            var http = Assert.Single(ports.Items(), port => port.At("name").Text() == Names.Http);
            Assert.Equal($"{file.Plan.HttpPort(peer.Id)}", http.At("containerPort").Text());
        }
    }

    [Fact]
    public async Task ManualPeer_OfTheChart_HasNoPodUntilItIsScaledUp()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        Assert.Equal("0", Find(await PublishAsync(file), "StatefulSet", "peer-late").At("spec", "replicas").Text());
    }

    [Fact]
    public async Task Chart_OfAGroup_IsTheSnapshot()
    {
        using var file = new PeersFiles(PeersFiles.GroupWithoutGateway);
        await PublishAsync(file);
        var templates = Path.Combine(OutputOf(file), "templates", "peer-1");
        foreach (var name in new[] { "nat-4.yaml", "peer-1.yaml", "service.yaml" })
            Snapshot.AssertEqual(name, await File.ReadAllTextAsync(Path.Combine(templates, name), TestContext.Current.CancellationToken));
    }

    private static string OutputOf(PeersFiles file) => Path.Combine(file.Folder.FullName, "out");

    private static async Task<YamlNode[]> PublishAsync(PeersFiles file)
    {
        Assert.SkipUnless(PublishingExtensions.LeftOut is null, PublishingExtensions.LeftOut!);
        var (code, output, errors) = await AppHostProcess.RunAsync(
            "--peers", file.Path, "--target", "kubernetes", "--operation", "publish", "--step", "publish",
            "--output-path", OutputOf(file));
        Assert.True(code == 0, $"{output}\n{string.Join('\n', errors)}");
        Assert.True(File.Exists(Path.Combine(OutputOf(file), "Chart.yaml")));
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(OutputOf(file), "templates"), "*.yaml", SearchOption.AllDirectories)
                .Select(path => Yaml.Parse(File.ReadAllText(path))),
        ];
    }

    private static YamlNode Find(YamlNode[] chart, string kind, string name) => Assert.Single(
        chart, resource => resource.At("kind").Text() == kind && resource.At("metadata", "name").Text() == name);

    private static bool AllowsP2p(YamlNode rule, int port) => rule.At("ports") is not { } ports
        || ports.Items().Any(item => item.At("protocol").Text() == "TCP" && item.At("port").Text() == $"{port}");

    private static bool Matches(YamlNode? selector, IReadOnlyDictionary<string, string?> labels) =>
        selector.At("matchLabels").Texts().All(label => labels.GetValueOrDefault(label.Key) == label.Value);
}
