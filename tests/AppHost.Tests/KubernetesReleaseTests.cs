using Blockchain.Shared.Topology;
using k8s.Models;

namespace Blockchain.AppHost.Tests;

/// <summary>Several releases of the Helm chart, and one that changes.</summary>
[Collection(ChartsGroup.Name)]
public sealed class KubernetesReleaseTests(Charts charts)
{
    [Fact]
    public async Task TwoReleases_OfOneNamespace_ShareNoNameAndSelectOnlyTheirOwnPods()
    {
        var chart = await charts.OfAsync(PeersFiles.Shipped);
        var (one, other) = (await chart.RenderAsync("lab"), await chart.RenderAsync("lab-2"));
        Assert.Equal(one.Objects.Count, NamesOf(one).Distinct().Count());
        Assert.Empty(NamesOf(one).Intersect(NamesOf(other)));
        foreach (var (here, there) in new[] { (one, other), (other, one) })
        {
            var pods = here.Pods.Select(Pod.Of).ToArray();
            var strangers = there.Pods.Select(Pod.Of).ToArray();
            foreach (var selector in SelectorsOf(here))
            {
                Assert.Single(pods.Concat(strangers), pod => pod.IsSelectedBy(selector));
            }

            foreach (var selector in here.Policies.Select(policy => policy.Spec.PodSelector.MatchLabels))
            {
                Assert.DoesNotContain(strangers, pod => pod.IsSelectedBy(selector));
            }

            // A NATed peer exchanges nothing with the pods of the other release.
            var policies = here.Policies.Concat(there.Policies).ToArray();
            foreach (var peer in chart.Plan.Peers.Where(peer => peer.Info.Nat))
            {
                var pod = Pod.Of(here.Peers[peer.Id.Value].Spec.Template);
                foreach (var stranger in strangers)
                {
                    Assert.DoesNotContain(pod.Ports.Values, port => stranger.MayCall(pod, port, policies));
                    Assert.DoesNotContain(stranger.Ports.Values, port => pod.MayCall(stranger, port, policies));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Pods_OfARelease_ReferToItsOwnObjects(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var release = await chart.RenderAsync("some-release");
        foreach (var pod in release.Pods)
        {
            Assert.NotEmpty(release.EnvironmentOf(pod));
            var volume = Assert.Single(pod.Spec.Volumes, volume => volume.ConfigMap is not null);
            var mount = Assert.Single(pod.Spec.Containers[0].VolumeMounts, mount => mount.Name == volume.Name);
            var file = Assert.Single(release.Find<V1ConfigMap>(volume.ConfigMap.Name).Data.Keys);
            Assert.Contains($"{mount.MountPath}/{file}", release.EnvironmentOf(pod).Values);
        }

        foreach (var metadata in release.Objects.Select(item => item.Metadata))
        {
            Assert.StartsWith("some-release-", metadata.Name, StringComparison.Ordinal);
            Assert.Equal("some-release", metadata.Labels["app.kubernetes.io/instance"]);
        }

        Assert.All(release.Peers.Values, set => release.Find<V1Service>(set.Spec.ServiceName));
    }

    [Fact]
    public async Task Pods_OfARelease_StartAnewWhenWhatTheyReadChanges()
    {
        using var file = new PeersFiles(PeersFiles.GroupWithoutGateway);
        var chart = await Chart.PublishAsync(file);
        var before = await chart.RenderAsync("lab");
        Assert.Equal(before.Text, (await chart.RenderAsync("lab")).Text);

        var withKey = await chart.RenderAsync("lab", "controlKey=another");
        foreach (var (id, set) in before.Peers)
        {
            Assert.NotEqual(Stamp(set.Spec.Template), Stamp(withKey.Peers[id].Spec.Template));
        }

        Assert.Equal(Stamp(before.Observatory.Spec.Template), Stamp(withKey.Observatory.Spec.Template));

        AssertAllChanged(await chart.RenderAsync("lab", "environment.MORE=1"));

        var plan = chart.Plan.Select(peer => peer with { Malicious = false });
        await File.WriteAllTextAsync(
            Path.Combine(chart.Folder, "peers.json"), PeersFile.Write(plan), TestContext.Current.CancellationToken);
        AssertAllChanged(await chart.RenderAsync("lab"));

        void AssertAllChanged(Release after) => Assert.All(
            before.Pods.Zip(after.Pods), pods => Assert.NotEqual(Stamp(pods.First), Stamp(pods.Second)));

        static string Stamp(V1PodTemplateSpec pod) =>
            string.Join(' ', pod.Metadata.Annotations.OrderBy(item => item.Key));
    }

    [Theory]
    [InlineData("a-name-that-is-too-long-for-a-peer-with-its-service")]
    [InlineData("4")]
    public async Task ReleaseName_ThatMakesNoNameOfAService_IsRefused(string release)
    {
        var chart = await charts.OfAsync(PeersFiles.GroupWithoutGateway);
        var (code, _, errors) = await chart.TryRenderAsync(release);
        Assert.NotEqual(0, code);
        Assert.Contains("take a shorter name", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesOf(Release release) =>
        release.Objects.Select(item => $"{item.Kind} {item.Metadata.Name}");

    private static IEnumerable<IDictionary<string, string>> SelectorsOf(Release release) =>
    [
        .. release.Objects.OfType<V1Service>().Select(service => service.Spec.Selector),
        .. release.Objects.OfType<V1StatefulSet>().Select(set => set.Spec.Selector.MatchLabels),
        release.Observatory.Spec.Selector.MatchLabels,
    ];
}
