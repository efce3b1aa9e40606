using Aspire.Hosting.Pipelines;
using Blockchain.AppHost.Network;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Publishing;

/// <summary>
/// The network as a Helm chart: the files of the folder Chart, which are the same for every network, and the network's
/// own <c>peers.json</c>, over which they range. Aspire could write a chart too, without NetworkPolicies and with the
/// settings of every peer apart, and two of its releases would not fit one namespace.
/// </summary>
internal static class KubernetesPublishing
{
    private const string ResourcePrefix = "Chart/";

    public static void Add(BlockchainNetwork network)
    {
#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Under evaluation, and there is nothing else.
        network.Builder.Pipeline.AddStep(
            "publish-chart",
            step => WriteAsync(
                step.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(),
                network.Plan,
                step.CancellationToken),
            requiredBy: WellKnownPipelineSteps.Publish);
#pragma warning restore ASPIREPIPELINES001, ASPIREPIPELINES004
    }

    private static async Task WriteAsync(string folder, NetworkPlan plan, CancellationToken cancellation)
    {
        var assembly = typeof(KubernetesPublishing).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                continue;
            var path = Path.Combine(folder, resource[ResourcePrefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var content = assembly.GetManifestResourceStream(resource)!;
            await using var file = File.Create(path);
            await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "peers.json"), PeersFile.Write(plan), cancellation)
            .ConfigureAwait(false);
    }
}
