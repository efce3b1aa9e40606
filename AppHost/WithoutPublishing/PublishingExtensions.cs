using Blockchain.AppHost.Network;

namespace Blockchain.AppHost.Publishing;

/// <summary>Built in place of the one in the folder Publishing where Aspire.Hosting.Docker cannot be restored.</summary>
internal static class PublishingExtensions
{
    public static string? LeftOut =>
        "Publishing to Docker Compose is left out of this build: the package feed lacks Aspire.Hosting.Docker.";

    /// <exception cref="RefusedException">The target is Docker Compose.</exception>
    public static void PublishTo(
        this BlockchainNetwork network, PublishTarget target, IResourceBuilder<ProjectResource> observatory)
    {
        if (target == PublishTarget.Compose)
            throw new RefusedException(LeftOut!);
        KubernetesPublishing.Add(network);
    }
}
