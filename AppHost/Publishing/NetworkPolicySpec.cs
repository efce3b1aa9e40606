using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Blockchain.AppHost.Publishing;

/// <summary>Which pods it is about, and whom they may hear and speak to.</summary>
public sealed class NetworkPolicySpec
{
    [YamlMember(Alias = "podSelector")]
    public LabelSelectorV1 PodSelector { get; set; } = new();

    [YamlMember(Alias = "policyTypes")]
    public List<string> PolicyTypes { get; } = ["Ingress", "Egress"];

    [YamlMember(Alias = "ingress")]
    public List<NetworkPolicyRule> Ingress { get; } = [];

    [YamlMember(Alias = "egress")]
    public List<NetworkPolicyRule> Egress { get; } = [];
}
