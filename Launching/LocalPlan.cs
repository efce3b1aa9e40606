using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>A plan with the addresses that its peers have on this machine.</summary>
public static class LocalPlan
{
    /// <exception cref="InvalidOperationException">
    /// On the single address two peers would listen on the same port; the message names them.
    /// </exception>
    public static NetworkPlan For(NetworkPlan plan, AddressMode addresses)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return addresses == AddressMode.Single ? plan.OnSingleAddress() : plan.OnLoopback();
    }
}
