using System.Net;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Experiments.Attacks;

/// <summary>One who attacks, with an address of its own.</summary>
/// <param name="Role">One flag only.</param>
/// <param name="Info">A stranger has it too, and tells it to nobody.</param>
internal sealed record Attacker(Roles Role, PeerInfo Info)
{
    public IPAddress Address { get; } = IPAddress.Parse(Info.Ip);

    public bool Reaches(PeerPlan victim) => Role == Roles.Peers
        ? NetworkPlan.CanReach(Info, victim.Info)
        : !victim.Info.Nat;
}
