using System.Globalization;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;
using Blockchain.AppHost.Network;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Publishing;

/// <summary>
/// The network as a Helm chart: each peer a StatefulSet of one pod behind a headless service, so that its name always
/// leads to its pod; for each NAT group a NetworkPolicy that lets its NATed members hear and speak to the group only,
/// and lets the Observatory, a Deployment, see their pages.
/// </summary>
internal static class KubernetesPublishing
{
    public const string NetworkLabel = "blockchain/network";
    public const string NatLabel = "blockchain/nat";
    public const string ObserverLabel = "blockchain/observer";

    private const string PeersConfigMap = "peers-file";
    private const int DnsPort = 53;

    public static void Add(BlockchainNetwork network, IResourceBuilder<ProjectResource> observatory)
    {
        network.Builder.AddKubernetesEnvironment("blockchain").WithDashboard(enabled: false);
        var first = network.Plan.Peers[0];
        foreach (var peer in network.Plan.Peers)
        {
            network.Peers[peer.Id].WithNodeProbes().PublishAsKubernetesService(service =>
            {
                Configure(service, network.Plan, peer);

                // What belongs to nobody in particular is written with the first.
                if (peer == first)
                    AddShared(service, network.Plan);
            });
        }

        // Probes call pods by address. It has no control key, so whoever reaches it only looks.
        observatory.WithEnvironment("AllowedHosts", "*").WithNodeProbes()
            .PublishAsKubernetesService(ConfigureObservatory);
    }

    private static IResourceBuilder<ProjectResource> WithNodeProbes(this IResourceBuilder<ProjectResource> peer)
    {
#pragma warning disable ASPIREPROBES001 // Under evaluation, and there is nothing else.
        return peer
            .WithHttpProbe(ProbeType.Readiness, ServiceRoutes.Health, periodSeconds: 5, endpointName: Names.Http)
            .WithHttpProbe(
                ProbeType.Liveness,
                ServiceRoutes.Alive,
                initialDelaySeconds: 10,
                periodSeconds: 10,
                endpointName: Names.Http);
#pragma warning restore ASPIREPROBES001
    }

    private static void Configure(KubernetesResource service, NetworkPlan plan, PeerPlan peer)
    {
        var pod = service.Workload!.PodTemplate;
        pod.Metadata.Labels[NetworkLabel] = NetworkOf(peer);
        pod.Metadata.Labels[NatLabel] = peer.Info.Nat ? "true" : "false";
        Configure(pod.Spec);

        var headless = service.Service!;
        headless.Spec.ClusterIp = "None";
        headless.Spec.PublishNotReadyAddresses = true;
        service.Workload = ToStatefulSet(service.Workload, headless.Metadata.Name, pod, peer);
    }

    private static void ConfigureObservatory(KubernetesResource service)
    {
        var pod = service.Workload!.PodTemplate;
        pod.Metadata.Labels[ObserverLabel] = "true";
        Configure(pod.Spec);
    }

    private static void Configure(PodSpecV1 pod)
    {
        MountPeersFile(pod);
        SetResources(pod.Containers[0]);
        CorrectProbes(pod.Containers[0]);
    }

    private static StatefulSet ToStatefulSet(Workload deployment, string serviceName, PodTemplateSpecV1 pod, PeerPlan peer)
    {
        var set = new StatefulSet
        {
            Spec =
            {
                ServiceName = serviceName,
                Selector = ((Deployment)deployment).Spec.Selector,
                Replicas = peer.ManualStart ? 0 : 1,
                Template = pod,
            },
        };
        set.Metadata.Name = ServiceNames.OfPeer(peer.Id);
        foreach (var (key, value) in deployment.Metadata.Labels)
            set.Metadata.Labels[key] = value;
        return set;
    }

    private static void MountPeersFile(PodSpecV1 pod)
    {
        pod.Volumes.Add(new VolumeV1
        {
            Name = PeersConfigMap,
            ConfigMap = new ConfigMapVolumeSourceV1 { Name = PeersConfigMap },
        });
        pod.Containers[0].VolumeMounts.Add(new VolumeMountV1
        {
            Name = PeersConfigMap,
            MountPath = Path.GetDirectoryName(PeerExtensions.ContainerFile)!.Replace('\\', '/'),
            ReadOnly = true,
        });
    }

    // An idle node takes about 30 MB and hardly any time; a hundred thousand transactions in its pool some hundred MB.
    private static void SetResources(ContainerV1 container)
    {
        container.Resources = new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = "20m", ["memory"] = "64Mi" },
            Limits = { ["cpu"] = "1", ["memory"] = "512Mi" },
        };
    }

    // Kubernetes knows the schemes HTTP and HTTPS only; Aspire writes that of the endpoint, in small letters.
    private static void CorrectProbes(ContainerV1 container)
    {
        foreach (var probe in (ProbeV1?[])[container.ReadinessProbe, container.LivenessProbe])
        {
            if (probe?.HttpGet is { } get)
                get.Scheme = get.Scheme.ToUpperInvariant();
        }
    }

    private static void AddShared(KubernetesResource service, NetworkPlan plan)
    {
        var file = new ConfigMap { Metadata = { Name = PeersConfigMap } };
        file.Data[Path.GetFileName(PeerExtensions.ContainerFile)] = PeersFile.Write(plan);
        service.AdditionalResources.Add(file);
        foreach (var group in plan.Groups)
            service.AdditionalResources.Add(PolicyOf(group));
    }

    private static NetworkPolicy PolicyOf(NatGroup group)
    {
        var id = group.NetworkId.ToString(CultureInfo.InvariantCulture);
        return new NetworkPolicy
        {
            Metadata = { Name = $"nat-{id}" },
            Spec =
            {
                PodSelector = new(new() { [NetworkLabel] = id, [NatLabel] = "true" }),
                Ingress =
                {
                    new NetworkPolicyRule { From = [MembersOf(id)] },

                    // Who watches sees all pages, and has nothing to say to a peer as a peer.
                    new NetworkPolicyRule { From = [Observer()], Ports = [new("TCP", Names.Http)] },
                },
                Egress =
                {
                    new NetworkPolicyRule { To = [MembersOf(id)] },
                    new NetworkPolicyRule { Ports = [new("UDP", DnsPort), new("TCP", DnsPort)] },
                },
            },
        };
    }

    private static NetworkPolicyPeer MembersOf(string networkId) =>
        new() { PodSelector = new(new() { [NetworkLabel] = networkId }) };

    private static NetworkPolicyPeer Observer() => new() { PodSelector = new(new() { [ObserverLabel] = "true" }) };

    private static string NetworkOf(PeerPlan peer) => peer.Info.NetworkId == PeerInfo.NoNetwork
        ? "public"
        : peer.Info.NetworkId.ToString(CultureInfo.InvariantCulture);
}
