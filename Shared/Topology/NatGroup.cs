namespace Blockchain.Shared.Topology;

/// <summary>A network behind NAT: the peers of one <c>localnetworkid</c>, at least one of which is NATed.</summary>
/// <param name="Members">All peers of the network, the gateways among them, in the order of the plan.</param>
/// <param name="Gateways">Its public members, which relay for the others.</param>
public sealed record NatGroup(int NetworkId, IReadOnlyList<PeerId> Members, IReadOnlyList<PeerId> Gateways);
