using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

/// <summary>
/// The peers of one <c>localnetworkid</c>, or the public ones that have none, as a parent of theirs. There is no
/// process
/// behind it: the nodes themselves keep their networks apart.
/// </summary>
/// <param name="networkId">The <c>localnetworkid</c>; <c>PeerInfo.NoNetwork</c> for the public network.</param>
/// <param name="group">Its gateways and members; null where nobody is behind NAT.</param>
public sealed class NatNetworkResource(string name, int networkId, NatGroup? group) : Resource(name)
{
    private readonly List<ProjectResource> _peers = [];
    private readonly List<ExecutableResource> _programs = [];

    public int NetworkId => networkId;

    public NatGroup? Group => group;

    /// <summary>Those that are nodes of ours, which can be told things; in the order of the file.</summary>
    public IReadOnlyList<ProjectResource> Peers => _peers;

    /// <summary>Those that are programs of others.</summary>
    public IReadOnlyList<ExecutableResource> Programs => _programs;

    internal IEnumerable<IResource> All => [.. _peers, .. _programs];

    internal int Size => _peers.Count + _programs.Count;

    /// <summary>Whether it was cut off from the other networks; peers that start meanwhile are told so.</summary>
    public bool IsCutOff { get; internal set; }

    internal void Add(ProjectResource peer) => _peers.Add(peer);

    internal void Add(ExecutableResource program) => _programs.Add(program);
}
