using k8s;
using k8s.Models;

namespace Blockchain.AppHost.Tests;

/// <summary>The objects of a rendered chart. A field that Kubernetes does not know is an error.</summary>
internal sealed class Release(string text)
{
    public string Text => text;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; } =
        [.. KubernetesYaml.LoadAllFromString(text, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    public IReadOnlyList<V1NetworkPolicy> Policies => [.. Objects.OfType<V1NetworkPolicy>()];

    /// <summary>Those of the peers and that of the Observatory.</summary>
    public IReadOnlyList<V1PodTemplateSpec> Pods =>
    [
        .. Objects.OfType<V1StatefulSet>().Select(set => set.Spec.Template),
        .. Objects.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template),
    ];

    /// <summary>By the id of the peer in its environment.</summary>
    public IReadOnlyDictionary<string, V1StatefulSet> Peers =>
        Objects.OfType<V1StatefulSet>().ToDictionary(set => EnvironmentOf(set.Spec.Template)["Node__Id"]);

    public V1Deployment Observatory => Assert.Single(Objects.OfType<V1Deployment>());

    /// <exception cref="Exception">The release has no such object, or more than one.</exception>
    public T Find<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> =>
        Assert.Single(Objects.OfType<T>(), item => item.Metadata.Name == name);

    /// <summary>As the container sees it. What it refers to has to be of this release.</summary>
    public Dictionary<string, string> EnvironmentOf(V1PodTemplateSpec pod)
    {
        var container = Assert.Single(pod.Spec.Containers);
        var environment = new Dictionary<string, string>();
        foreach (var map in container.EnvFrom.Select(from => Find<V1ConfigMap>(from.ConfigMapRef.Name)))
        {
            foreach (var (key, value) in map.Data)
            {
                environment.Add(key, value);
            }
        }

        foreach (var variable in container.Env)
        {
            environment.Add(variable.Name, variable.ValueFrom?.SecretKeyRef is { } secret
                ? Find<V1Secret>(secret.Name).StringData[secret.Key]
                : variable.Value);
        }

        return environment;
    }
}
