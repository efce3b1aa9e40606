using Blockchain.AppHost.Network;

namespace Blockchain.AppHost.Publishing;

internal static class PublishingExtensions
{
    /// <summary>Why it is not there; null, since it is.</summary>
    public static string? LeftOut => null;

    /// <summary>Has <c>--operation publish</c> write the network for machines where its NAT groups are real.</summary>
    public static void PublishTo(
        this BlockchainNetwork network, PublishTarget target, IResourceBuilder<ProjectResource> observatory)
    {
        if (target == PublishTarget.Compose)
            ComposePublishing.Add(network, observatory);
        else
            KubernetesPublishing.Add(network);
    }
}
