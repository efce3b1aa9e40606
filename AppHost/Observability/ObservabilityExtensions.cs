using Blockchain.AppHost.Network;

namespace Blockchain.AppHost.Observability;

internal static class ObservabilityExtensions
{
    public static void AddObservability(this IDistributedApplicationBuilder builder, BlockchainNetwork network)
    {
    }
}
