using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>A NATed peer receives nothing from outside its group, nor from it does anybody outside.</summary>
public sealed class NatHolds : IDeliveryInvariant
{
    public string Name => "nat-holds";

    public bool Concerns(SimulatedPeer from, SimulatedPeer to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return from.IsNated || to.IsNated;
    }

    public string? OnDelivery(SimulatedPeer from, SimulatedPeer to, Message message)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(message);
        return NetworkPlan.CanReach(from.Plan.Info, to.Plan.Info)
            ? null : $"{to.Id} received {message.Type} from {from.Id}";
    }
}
