using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>Whom the NetworkPolicies of the Helm chart let through, held against the plan.</summary>
[Collection(ChartsGroup.Name)]
public sealed class KubernetesPolicyTests(Charts charts)
{
    private static readonly Pod Dns = Pod.Foreign("kube-system", "k8s-app", "kube-dns");
    private static readonly Pod Prometheus = Pod.Foreign("monitoring", "app.kubernetes.io/name", "prometheus");

    private static readonly Pod[] NotDns =
    [
        Dns with { Namespace = Pod.Here },
        Dns with { Namespace = "elsewhere" },
        Pod.Foreign("kube-system", "k8s-app", "other"),
    ];

    private static readonly Pod[] NotPrometheus =
    [
        Prometheus with { Namespace = Pod.Here },
        Pod.Foreign("monitoring", "app.kubernetes.io/name", "other"),
    ];

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Peers_OfTheChart_ReachJustThoseThatThePlanSays(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var release = await chart.RenderAsync("lab");
        Assert.Equal(chart.Plan.Groups.Count, release.Policies.Count);
        foreach (var (from, to) in chart.File.Pairs)
        {
            foreach (var port in new[] { to.Info.Port, chart.Plan.HttpPort(to.Id) })
            {
                var reaches = PodOf(release, from).MayCall(PodOf(release, to), port, release.Policies);
                Assert.True(chart.Plan.CanReach(from.Id, to.Id) == reaches, $"{from.Id} -> {to.Id}:{port}: {reaches}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Observatory_OfTheChart_IsLetInToAllPagesAndNotAsAPeer(string kind)
    {
        var chart = await charts.OfAsync(kind);
        var release = await chart.RenderAsync("lab");
        var observatory = Pod.Of(release.Observatory.Spec.Template);
        foreach (var peer in chart.Plan.Peers)
        {
            var pod = PodOf(release, peer);
            Assert.True(observatory.MayCall(pod, chart.Plan.HttpPort(peer.Id), release.Policies));
            Assert.Equal(!peer.Info.Nat, observatory.MayCall(pod, peer.Info.Port, release.Policies));
            Assert.Equal(!peer.Info.Nat, pod.MayCall(observatory, NetworkPlan.ObservatoryPort, release.Policies));
        }
    }

    [Fact]
    public async Task NatedPeers_OfTheChart_AskTheServersOfTheClusterForNamesAndNobodyElse()
    {
        var chart = await charts.OfAsync(PeersFiles.Shipped);
        var release = await chart.RenderAsync("lab");
        foreach (var peer in chart.Plan.Peers.Where(peer => peer.Info.Nat).Select(peer => PodOf(release, peer)))
        {
            Assert.True(peer.MayCall(Dns, 53, release.Policies, "UDP"));
            Assert.True(peer.MayCall(Dns, 53, release.Policies));
            Assert.False(peer.MayCall(Dns, 443, release.Policies));
            Assert.All(NotDns, other => Assert.False(peer.MayCall(other, 53, release.Policies, "UDP")));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prometheus_OfAnotherNamespace_IsLetInToThePagesOfNatedPeersOnlyWhereItIsAskedFor(bool isAskedFor)
    {
        var chart = await charts.OfAsync(PeersFiles.Shipped);
        var release = await chart.RenderAsync("lab", $"prometheus.enabled={(isAskedFor ? "true" : "false")}");
        foreach (var plan in chart.Plan.Peers)
        {
            var http = chart.Plan.HttpPort(plan.Id);
            var pod = PodOf(release, plan);
            Assert.Equal(isAskedFor || !plan.Info.Nat, Prometheus.MayCall(pod, http, release.Policies));
            Assert.Equal(!plan.Info.Nat, Prometheus.MayCall(pod, plan.Info.Port, release.Policies));
            Assert.All(
                NotPrometheus, other => Assert.Equal(!plan.Info.Nat, other.MayCall(pod, http, release.Policies)));

            var annotations = release.Peers[plan.Id.Value].Spec.Template.Metadata.Annotations;
            Assert.Equal(isAskedFor, annotations.Contains(new("prometheus.io/port", $"{http}")));
            Assert.Equal(isAskedFor, annotations.Contains(new("prometheus.io/scrape", "true")));
        }
    }

    private static Pod PodOf(Release release, PeerPlan peer) => Pod.Of(release.Peers[peer.Id.Value].Spec.Template);
}
