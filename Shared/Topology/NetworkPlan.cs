using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Blockchain.Shared.Topology;

/// <summary>The network as planned: its peers, their addresses, the NAT groups, and who can reach whom.</summary>
public sealed class NetworkPlan
{
    /// <summary>The port of the page of the whole network, unless somebody else is there.</summary>
    public const int ObservatoryPort = 7999;

    /// <summary>The last port that a peer may have, since the one of its pages must be a port as well.</summary>
    public const int LastPort = 65_535 - HttpPortOffset;

    /// <summary>As in the original system.</summary>
    internal const int HttpPortOffset = 2000;

    /// <summary>The most zero bits that a block's id can be asked to have: some minutes of a processor.</summary>
    public const int MostWork = 32;

    /// <summary>The one address of <see cref="OnSingleAddress"/>.</summary>
    public const string SingleAddress = "127.0.0.1";

    private readonly ImmutableArray<PeerPlan> _peers;
    private readonly Dictionary<PeerId, int> _indexById;

    /// <exception cref="ArgumentException">Two peers have the same id.</exception>
    public NetworkPlan(IEnumerable<PeerPlan> peers, PeerSettings? defaults = null)
    {
        ArgumentNullException.ThrowIfNull(peers);
        _peers = [.. peers];
        Defaults = defaults ?? PeerSettings.Default;
        _indexById = new Dictionary<PeerId, int>(_peers.Length);
        var addresses = new HashSet<string>(_peers.Length, StringComparer.Ordinal);
        for (var i = 0; i < _peers.Length; i++)
        {
            if (!_indexById.TryAdd(_peers[i].Id, i))
            {
                throw new ArgumentException($"Two peers have the id \"{_peers[i].Id}\".", nameof(peers));
            }

            SharesAddresses |= !addresses.Add(_peers[i].Info.Ip);
        }

        Groups = FindGroups(_peers);
    }

    /// <summary>In the order of the file, the members of groups after the single entries.</summary>
    public IReadOnlyList<PeerPlan> Peers => _peers;

    /// <summary>What a peer's settings are where its entry says nothing else.</summary>
    public PeerSettings Defaults { get; }

    /// <summary>Whether a peer whose process died is started again.</summary>
    public bool Restarts { get; init; }

    /// <summary>Whether its peers have keys, and prove with them who they are and what they made.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Where peers can be, and how far these places are from each other; null: nobody is anywhere.</summary>
    public RegionPlan? Regions { get; init; }

    /// <summary>How many leading zero bits the id of each block has; zero: none are asked for.</summary>
    public int Work { get; init; }

    /// <summary>
    /// The folder in which each peer keeps its file, as the file of the network names it; null: peers keep nothing.
    /// </summary>
    public string? Data { get; init; }

    /// <summary>The same as a path: a relative one starts at the folder of the network's file.</summary>
    /// <param name="file">The path of that file.</param>
    public string? DataFolder(string file) =>
        Data is null ? null : Path.Combine(Path.GetDirectoryName(file) ?? "", Data);

    /// <summary>In the order of their ids. A network without a NATed member is none: it separates nobody.</summary>
    public IReadOnlyList<NatGroup> Groups { get; }

    /// <summary>Several peers have the same address, so that an address does not tell who a peer is.</summary>
    public bool SharesAddresses { get; }

    /// <exception cref="KeyNotFoundException">The plan has no such peer.</exception>
    public PeerPlan this[PeerId id] => _peers[_indexById[id]];

    public bool TryGet(PeerId id, [NotNullWhen(true)] out PeerPlan? peer)
    {
        var found = _indexById.TryGetValue(id, out var index);
        peer = found ? _peers[index] : null;
        return found;
    }

    /// <summary>
    /// Whether one peer can open a connection to another: members of the same network always can; otherwise
    /// neither may be NATed. No peer needs to reach itself. This is the only place that knows the rule.
    /// </summary>
    public static bool CanReach(PeerInfo from, PeerInfo to)
    {
        var sameNetwork = ShareNetwork(from, to) && from.NetworkId != PeerInfo.NoNetwork;
        return (sameNetwork || !(from.Nat || to.Nat)) && from.Id != to.Id;
    }

    /// <summary>
    /// Whether two peers stay together when their networks are cut off from each other: those of one
    /// <c>localnetworkid</c>, gateways included, and those that have none.
    /// </summary>
    public static bool ShareNetwork(PeerInfo one, PeerInfo other) => one.NetworkId == other.NetworkId;

    /// <summary>As <see cref="CanReach(PeerInfo, PeerInfo)"/>; false if the plan lacks one of the two.</summary>
    public bool CanReach(PeerId from, PeerId to) =>
        TryGet(from, out var source) && TryGet(to, out var target) && CanReach(source.Info, target.Info);

    /// <summary>The peers that this one knows at the start: those it names, or all others.</summary>
    /// <exception cref="KeyNotFoundException">The plan lacks the peer, or one that it knows.</exception>
    public IEnumerable<PeerPlan> KnownBy(PeerId id) =>
        this[id].Knows is { } known ? known.Select(other => this[other]) : _peers.Where(other => other.Id != id);

    /// <summary>The port of a peer's pages and API.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such peer.</exception>
    public int HttpPort(PeerId id) => HttpPortOf(this[id].Info.Port);

    /// <summary>The port of the pages and API that belong to a P2P port.</summary>
    public static int HttpPortOf(int p2pPort) => p2pPort + HttpPortOffset;

    public NetworkPlan WithPeers(IEnumerable<PeerPlan> peers) => WithPeers(peers, Defaults);

    private NetworkPlan WithPeers(IEnumerable<PeerPlan> peers, PeerSettings defaults) =>
        new(peers, defaults)
        {
            Restarts = Restarts, IsSigned = IsSigned, Work = Work, Data = Data, Regions = Regions,
        };

    /// <summary>The plan with another <see cref="Data"/>.</summary>
    public NetworkPlan WithData(string? data) =>
        new(_peers, Defaults)
        {
            Restarts = Restarts, IsSigned = IsSigned, Work = Work, Data = data, Regions = Regions,
        };

    /// <summary>The plan with this peer in the place of the one with the same id, or after the last.</summary>
    public NetworkPlan With(PeerPlan peer) =>
        WithPeers(_indexById.TryGetValue(peer.Id, out var index) ? _peers.SetItem(index, peer) : _peers.Add(peer));

    /// <summary>The plan with each peer replaced by what <paramref name="change"/> makes of it.</summary>
    public NetworkPlan Select(Func<PeerPlan, PeerPlan> change) => WithPeers(_peers.Select(change));

    /// <summary>
    /// The plan of a file in this folder: the programs of its peers run there, or where they say from there.
    /// </summary>
    public NetworkPlan In(string folder) => _peers.All(peer => peer.Program is null)
        ? this
        : Select(peer => peer.Program is { } program
            ? peer with { Program = program with { Directory = Path.Combine(folder, program.Directory ?? "") } }
            : peer);

    /// <summary>The plan with other settings, for every peer and as the default; equal settings stay shared.</summary>
    public NetworkPlan WithSettings(Func<PeerSettings, PeerSettings> change)
    {
        var changed = new Dictionary<PeerSettings, PeerSettings>(ReferenceEqualityComparer.Instance);
        return WithPeers(
            _peers.Select(peer => peer with { Settings = Changed(peer.Settings) }), Changed(Defaults));

        PeerSettings Changed(PeerSettings settings)
        {
            if (!changed.TryGetValue(settings, out var result))
            {
                changed.Add(settings, result = change(settings));
            }

            return result;
        }
    }

    /// <summary>
    /// The plan for one machine: each address outside 127.0.0.0/8 becomes one inside (172.28.0.10 → 127.28.0.10),
    /// ports stay. Different addresses stay different, equal ones equal, and those already in 127.0.0.0/8 as they are.
    /// </summary>
    public NetworkPlan OnLoopback()
    {
        var addresses = LoopbackAddresses.For([.. _peers.Select(peer => peer.Info.Ip)]);
        return WithPeers(_peers.Select((peer, i) => peer with { Info = peer.Info with { Ip = addresses[i] } }));
    }

    /// <summary>The plan for machines that have no loopback address but 127.0.0.1.</summary>
    /// <exception cref="InvalidOperationException">
    /// Two peers would listen on the same port, counting their HTTP ports; the message names them.
    /// </exception>
    public NetworkPlan OnSingleAddress()
    {
        var users = new Dictionary<int, PeerId>();
        foreach (var peer in _peers)
        {
            foreach (var port in (ReadOnlySpan<int>)[peer.Info.Port, HttpPortOf(peer.Info.Port)])
            {
                if (!users.TryAdd(port, peer.Id))
                {
                    throw new InvalidOperationException(
                        $"On {SingleAddress} the peers {users[port]} and {peer.Id} would both listen on port {port}.");
                }
            }
        }

        return Select(peer => peer with { Info = peer.Info with { Ip = SingleAddress } });
    }

    private static NatGroup[] FindGroups(ImmutableArray<PeerPlan> peers) =>
    [
        .. peers.Where(peer => peer.Info.NetworkId != PeerInfo.NoNetwork)
            .GroupBy(peer => peer.Info.NetworkId)
            .Where(network => network.Any(peer => peer.Info.Nat))
            .OrderBy(network => network.Key)
            .Select(network => new NatGroup(
                network.Key,
                [.. network.Select(peer => peer.Id)],
                [.. network.Where(peer => !peer.Info.Nat).Select(peer => peer.Id)])),
    ];
}
