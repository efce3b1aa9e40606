using Aspire.Hosting.Pipelines;
using Blockchain.AppHost.Network;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Publishing;

internal static class PublishingExtensions
{
    /// <summary>
    /// Has <c>--operation publish</c> write the network for machines where its NAT groups are real. The files are our
    /// own:
    /// Aspire's publishers write neither networks apart nor policies, and repeat for each peer what is the same for
    /// all.
    /// </summary>
    public static void PublishTo(this BlockchainNetwork network, PublishTarget target)
    {
        // Whatever the folder is called here, there it is a volume.
        var plan = network.Plan.Data is null ? network.Plan : network.Plan.WithData(PeerExtensions.ContainerData);
#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Under evaluation, and there is nothing else.
        network.Builder.Pipeline.AddStep(
            "publish-network",
            step => WriteAsync(
                step.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(),
                target == PublishTarget.Compose ? ComposeProject.Of(plan) : HelmChart.Of(plan),
                step.CancellationToken),
            requiredBy: WellKnownPipelineSteps.Publish);
#pragma warning restore ASPIREPIPELINES001, ASPIREPIPELINES004
    }

    private static async Task WriteAsync(
        string folder, IEnumerable<PublishedFile> files, CancellationToken cancellation)
    {
        foreach (var (name, text, keepsEdits) in files)
        {
            var path = Path.Combine(folder, name);
            if (keepsEdits && File.Exists(path))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, cancellation);
        }
    }
}
