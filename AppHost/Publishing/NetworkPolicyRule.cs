using YamlDotNet.Serialization;

namespace Blockchain.AppHost.Publishing;

/// <summary>One thing that a NetworkPolicy allows.</summary>
public sealed class NetworkPolicyRule
{
    /// <summary>Of an ingress rule; null in an egress rule.</summary>
    [YamlMember(Alias = "from")]
    public List<NetworkPolicyPeer>? From { get; init; }

    /// <summary>Of an egress rule; null in an ingress rule, or for anywhere.</summary>
    [YamlMember(Alias = "to")]
    public List<NetworkPolicyPeer>? To { get; init; }

    /// <summary>Null for any.</summary>
    [YamlMember(Alias = "ports")]
    public List<NetworkPolicyPort>? Ports { get; init; }
}
