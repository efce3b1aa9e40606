using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Network;
using Blockchain.Shared.Topology;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blockchain.AppHost.Tests;

/// <summary>The Helm chart, held against the plan and the model.</summary>
[Collection(ChartsGroup.Name)]
public sealed class KubernetesTests(Charts charts)
{
    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task PublishedFolder_OfAnyNetwork_HasItsPlanAndTheFilesOfTheChart(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var written = await File.ReadAllTextAsync(
            Path.Combine(chart.Folder, "peers.json"), TestContext.Current.CancellationToken);
        Assert.Equal(chart.Plan.Peers, PeersFile.Parse(written).Plan!.Peers);
        string[] files =
        [
            "Chart.yaml",
            "peers.json",
            "templates/NOTES.txt",
            "templates/_helpers.tpl",
            "templates/control-key.yaml",
            "templates/environment.yaml",
            "templates/network.yaml",
            "templates/observatory.yaml",
            "templates/peers.yaml",
            "templates/policies.yaml",
            "values.yaml",
        ];
        Assert.Equal(
            files,
            Directory.EnumerateFiles(chart.Folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(chart.Folder, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Chart_OfAnyNetwork_PassesHelmLint(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var (code, output, errors) = await Helm.RunAsync("lint", "--strict", chart.Folder);
        Assert.True(code == 0, $"{output}{errors}");

        var release = await chart.RenderAsync("lab");
        Assert.Equal(PeersFile.Write(chart.Plan), release.Find<V1ConfigMap>("lab-network").Data["peers.json"]);
    }

    [Fact]
    public async Task Peers_OfANetworkThatKeepsData_HaveAVolumeEach()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        await File.WriteAllTextAsync(
            file.Path, PeersFile.Write(file.Plan.WithData("kept")), TestContext.Current.CancellationToken);
        var release = await (await Chart.PublishAsync(file)).RenderAsync("lab", "peer.storage=2Gi");
        foreach (var set in release.Peers.Values)
        {
            var claim = Assert.Single(set.Spec.VolumeClaimTemplates);
            Assert.Equal("2Gi", claim.Spec.Resources.Requests["storage"].ToString());
            var mount = Assert.Single(
                set.Spec.Template.Spec.Containers[0].VolumeMounts, mount => mount.Name == claim.Metadata.Name);
            Assert.Equal("/home/app", mount.MountPath);
            Assert.Equal(1654, set.Spec.Template.Spec.SecurityContext.FsGroup);
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Peers_OfTheChart_HaveStableNamesPortsProbesAndResources(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var release = await chart.RenderAsync("lab");
        Assert.Equal(chart.Plan.Peers.Select(peer => peer.Id.Value).Order(), release.Peers.Keys.Order());
        foreach (var peer in chart.Plan.Peers)
        {
            var set = release.Peers[peer.Id.Value];
            Assert.Equal($"lab-peer-{peer.Id}", set.Metadata.Name);
            Assert.Equal(peer.ManualStart ? 0 : 1, set.Spec.Replicas);
            var service = release.Find<V1Service>(set.Spec.ServiceName);
            Assert.Equal("None", service.Spec.ClusterIP);
            Assert.True(service.Spec.PublishNotReadyAddresses);
            AssertService(service, set.Spec.Template, ("p2p", peer.Info.Port), ("http", chart.Plan.HttpPort(peer.Id)));
        }

        AssertService(
            release.Find<V1Service>("lab-observatory"),
            release.Observatory.Spec.Template,
            ("http", NetworkPlan.ObservatoryPort));
        foreach (var pod in release.Pods)
        {
            var container = Assert.Single(pod.Spec.Containers);
            var (ready, alive) = (container.ReadinessProbe.HttpGet, container.LivenessProbe.HttpGet);
            Assert.Equal(("/health", "http"), (ready.Path, ready.Port.Value));
            Assert.Equal(("/alive", "http"), (alive.Path, alive.Port.Value));
            Assert.Equal(
                release.EnvironmentOf(pod)["HTTP_PORTS"],
                $"{Assert.Single(container.Ports, port => port.Name == "http").ContainerPort}");
            Assert.Contains("memory", container.Resources.Limits.Keys);
            Assert.Contains("cpu", container.Resources.Requests.Keys);
        }
    }

    /// <summary>So that a variable that the AppHost gives to its peers is not forgotten in the chart.</summary>
    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Environment_OfEveryPod_IsWhatTheModelGivesIt(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var release = await chart.RenderAsync("lab", "controlKey=the-key");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(BlockchainNetwork).Assembly.GetName().Name,
            Args = ["--operation", "publish", "--step", "publish"],
        });
        var network = builder.AddBlockchainNetwork(chart.File.Path);
        foreach (var peer in network.Peers)
        {
            await AssertEnvironmentAsync(peer.Value.Resource, release.Peers[peer.Key.Value].Spec.Template);
        }

        // Probes call the Observatory by the address of its pod, which it would refuse.
        var observatory = network.AddObservatory().WithEnvironment("AllowedHosts", "*");
        await AssertEnvironmentAsync(observatory.Resource, release.Observatory.Spec.Template);

        async Task AssertEnvironmentAsync(ProjectResource resource, V1PodTemplateSpec pod)
        {
            var configuration = await ExecutionConfigurationBuilder.Create(resource).WithEnvironmentVariablesConfig()
                .BuildAsync(builder.ExecutionContext, NullLogger.Instance, TestContext.Current.CancellationToken);
            var expected = configuration.EnvironmentVariables.ToDictionary();
            var actual = release.EnvironmentOf(pod);
            Assert.Empty(expected.Keys.Except(actual.Keys));
            Assert.DoesNotContain(
                actual.Keys.Except(expected.Keys), key => !key.StartsWith("services__", StringComparison.Ordinal));
            foreach (var (key, value) in expected.Where(item => !item.Value.Contains('{', StringComparison.Ordinal)))
            {
                Assert.Equal((key, value), (key, actual[key]));
            }

            if (expected.ContainsKey("Node__Key"))
            {
                Assert.Equal("the-key", actual["Node__Key"]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task ServiceDiscovery_OfTheChart_LeadsToThePortsOfItsPods(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var release = await chart.RenderAsync("lab");
        var environment = release.EnvironmentOf(release.Observatory.Spec.Template);
        foreach (var peer in chart.Plan.Peers)
        {
            foreach (var (endpoint, scheme) in new[] { ("p2p", "tcp"), ("http", "http") })
            {
                var url = new Uri(environment[$"services__peer-{peer.Id}__{endpoint}__0"]);
                Assert.Equal(scheme, url.Scheme);

                // The name of a headless service is that of its pods, so the port is that of the container.
                var service = release.Find<V1Service>(url.Host);
                Assert.True(Pod.Of(release.Peers[peer.Id.Value].Spec.Template).IsSelectedBy(service.Spec.Selector));
                Assert.Equal(url.Port, Assert.Single(service.Spec.Ports, port => port.Name == endpoint).Port);
            }
        }
    }

    [Fact]
    public async Task Images_OfTheChart_AreOneForAllPeersAndOneForTheObservatory()
    {
        var chart = await charts.OfAsync(PeersFiles.Shipped);
        Assert.Equal(
            ["blockchain-peer:latest", "blockchain-observatory:latest"], Images(await chart.RenderAsync("lab")));
        Assert.Equal(
            ["here/peer:1", "here/observatory:1"],
            Images(await chart.RenderAsync("lab", "peer.image=here/peer:1", "observatory.image=here/observatory:1")));

        static IEnumerable<string> Images(Release release) =>
            release.Pods.Select(pod => Assert.Single(pod.Spec.Containers).Image).Distinct();
    }

    /// <summary>The Pod Security Standard "restricted", and a root file system that cannot be written to.</summary>
    [Fact]
    public async Task Pods_OfTheChart_KeepToTheRestrictedProfile()
    {
        var chart = await charts.OfAsync(PeersFiles.Shipped);
        var release = await chart.RenderAsync("lab");
        foreach (var pod in release.Pods.Select(pod => pod.Spec))
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.NotEqual(0, pod.SecurityContext.RunAsUser);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.Null(pod.HostNetwork);
            Assert.Null(pod.HostPID);
            Assert.Null(pod.HostIPC);
            Assert.Null(pod.InitContainers);
            Assert.All(pod.Volumes, volume => Assert.True(volume.ConfigMap is not null || volume.EmptyDir is not null));

            var container = Assert.Single(pod.Containers);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.Null(container.SecurityContext.Privileged);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Null(container.SecurityContext.Capabilities.Add);
            Assert.All(container.Ports, port => Assert.Null(port.HostPort));

            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            var temporary = Assert.Single(container.VolumeMounts, mount => mount.MountPath == "/tmp");
            Assert.NotNull(Assert.Single(pod.Volumes, volume => volume.Name == temporary.Name).EmptyDir);
        }
    }

    /// <summary>What a NATed peer comes to, whole; the key to update it is in the message.</summary>
    [Fact]
    public async Task Chart_OfAGroup_IsTheSnapshot()
    {
        var chart = await charts.OfAsync(PeersFiles.GroupWithoutGateway);
        var release = await chart.RenderAsync("lab");
        string[] names = ["lab-network", "lab-environment", "lab-nat-4", "lab-peer-1"];
        var shown = release.Text.Split("---\n")
            .Where(item => names.Any(name => item.Contains($"\n  name: {name}\n", StringComparison.Ordinal)));
        Snapshot.AssertEqual("chart.yaml", string.Join("---\n", shown));
    }

    private static void AssertService(
        V1Service service, V1PodTemplateSpec template, params (string Name, int Number)[] ports)
    {
        var pod = Pod.Of(template);
        Assert.True(pod.IsSelectedBy(service.Spec.Selector));
        Assert.Equal(ports, pod.Ports.Select(port => (port.Key, port.Value)));
        Assert.Equal(ports, service.Spec.Ports.Select(port => (port.Name, port.Port)));
        Assert.All(service.Spec.Ports, port => Assert.Equal(port.Name, port.TargetPort.Value));
    }
}
