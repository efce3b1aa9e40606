using Blockchain.AppHost.Network;

namespace Blockchain.AppHost.Publishing;

internal static class PublishingExtensions
{
    public static void PublishTo(this BlockchainNetwork network, PublishTarget target)
    {
    }
}
