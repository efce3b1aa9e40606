using Blockchain.AppHost.Network;

namespace Blockchain.AppHost.Publishing;

/// <summary>Built in place of the folder Publishing where its packages cannot be restored.</summary>
internal static class PublishingExtensions
{
    public static string? LeftOut =>
        "Publishing is left out of this build: the package feed lacks Aspire.Hosting.Docker or Aspire.Hosting.Kubernetes.";

    /// <exception cref="RefusedException">Always.</exception>
    public static void PublishTo(
        this BlockchainNetwork network, PublishTarget target, IResourceBuilder<ProjectResource> observatory) =>
        throw new RefusedException(LeftOut!);
}
