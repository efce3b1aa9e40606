using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Blockchain.AppHost.Publishing;

/// <summary>A Kubernetes NetworkPolicy, for which Aspire has no type.</summary>
public sealed class NetworkPolicy() : BaseKubernetesResource("networking.k8s.io/v1", "NetworkPolicy")
{
    [YamlMember(Alias = "spec")]
    public NetworkPolicySpec Spec { get; set; } = new();
}
