using k8s.Models;

namespace Blockchain.AppHost.Tests;

/// <summary>What a NetworkPolicy can know of a pod.</summary>
/// <param name="Namespace">Its namespace; each is taken to have the one label that Kubernetes itself gives it.</param>
/// <param name="Labels">Its own.</param>
/// <param name="Ports">Those that have a name.</param>
internal sealed record Pod(
    string Namespace, IDictionary<string, string> Labels, IReadOnlyDictionary<string, int> Ports)
{
    /// <summary>Where the chart is installed.</summary>
    public const string Here = "lab-namespace";

    public static Pod Of(V1PodTemplateSpec template) => new(
        Here,
        template.Metadata.Labels,
        template.Spec.Containers.SelectMany(container => container.Ports)
            .ToDictionary(port => port.Name, port => port.ContainerPort));

    public static Pod Foreign(string @namespace, string label, string value) =>
        new(@namespace, new Dictionary<string, string> { [label] = value }, new Dictionary<string, int>());

    /// <summary>
    /// As Kubernetes has it: a pod that no policy selects is free; else a rule of one policy has to allow the
    /// connection, on either side.
    /// </summary>
    /// <param name="policies">Of the namespace <see cref="Here"/>.</param>
    public bool MayCall(Pod to, int port, IReadOnlyList<V1NetworkPolicy> policies, string protocol = "TCP")
    {
        var leaving = Applying(policies, "Egress");
        var entering = to.Applying(policies, "Ingress");
        return (leaving.Length == 0 || leaving.SelectMany(policy => policy.Spec.Egress ?? []).Any(rule =>
                Any(rule.To, to.Matches) && Any(rule.Ports, item => to.Has(item, port, protocol))))
            && (entering.Length == 0 || entering.SelectMany(policy => policy.Spec.Ingress ?? []).Any(rule =>
                Any(rule.FromProperty, Matches) && Any(rule.Ports, item => to.Has(item, port, protocol))));
    }

    public bool IsSelectedBy(V1LabelSelector selector)
    {
        Assert.Null(selector.MatchExpressions);
        return IsSelectedBy(selector.MatchLabels);
    }

    public bool IsSelectedBy(IDictionary<string, string> labels) =>
        labels.All(label => Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private V1NetworkPolicy[] Applying(IReadOnlyList<V1NetworkPolicy> policies, string type) => Namespace != Here
        ? []
        : [.. policies.Where(policy =>
            policy.Spec.PolicyTypes.Contains(type) && IsSelectedBy(policy.Spec.PodSelector))];

    private bool Matches(V1NetworkPolicyPeer peer)
    {
        Assert.Null(peer.IpBlock);
        return (peer.NamespaceSelector is { } selector
                ? Foreign("", "kubernetes.io/metadata.name", Namespace).IsSelectedBy(selector)
                : Namespace == Here)
            && (peer.PodSelector is null || IsSelectedBy(peer.PodSelector));
    }

    private bool Has(V1NetworkPolicyPort allowed, int port, string protocol) =>
        (allowed.Protocol ?? "TCP") == protocol
        && (allowed.Port.Value == $"{port}" || (Ports.TryGetValue(allowed.Port.Value, out var named) && named == port));

    /// <summary>An empty list of a rule allows everything.</summary>
    private static bool Any<T>(IList<T>? items, Func<T, bool> condition) =>
        items is not { Count: > 0 } || items.Any(condition);
}
