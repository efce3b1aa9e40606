using Blockchain.Shared.Topology;

namespace Blockchain.Browser.Tests;

/// <summary>The shipped network as it is, with somewhat more blocks.</summary>
public sealed class LivingNetwork : ObservedNetwork
{
    protected override PeerSettings Change(PeerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with { BlockInterval = TimeSpan.FromSeconds(15), TransactionInterval = TimeSpan.FromSeconds(
            5) };
    }
}
