using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Blockchain.AppHost.Publishing;

/// <summary>Pods of the same namespace on the other side of a connection.</summary>
public sealed class NetworkPolicyPeer
{
    [YamlMember(Alias = "podSelector")]
    public LabelSelectorV1 PodSelector { get; set; } = new();
}
