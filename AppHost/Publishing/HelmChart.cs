using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Publishing;

/// <summary>
/// The network as a Helm chart: the files of the folder Chart, which are the same for every network, and the network's
/// own <c>peers.json</c>, over which they range.
/// </summary>
internal static class HelmChart
{
    private const string ResourcePrefix = "Chart/";

    public static IEnumerable<PublishedFile> Of(NetworkPlan plan)
    {
        var assembly = typeof(HelmChart).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new PublishedFile(resource[ResourcePrefix.Length..], reader.ReadToEnd());
        }

        yield return new PublishedFile("peers.json", PeersFile.Write(plan));
    }
}
