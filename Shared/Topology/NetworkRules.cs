
namespace Blockchain.Shared.Topology;

/// <summary>What must hold between peers. A rule passes over those whose values could not be read.</summary>
internal static class NetworkRules
{
    /// <param name="allPeersKnown">False: peers are missing, and nothing can be said of what the network lacks.</param>
    public static void Check(
        IReadOnlyList<PeerDraft> peers,
        IReadOnlyDictionary<PeerId, PeerDraft> byId,
        bool allPeersKnown,
        ProblemList problems)
    {
        CheckPorts(peers, problems);
        CheckHttpPorts(peers, problems);
        CheckAddresses(peers, problems);
        foreach (var peer in peers.DistinctBy(peer => peer.Path))
        {
            CheckKnows(peer, byId, allPeersKnown, problems);
        }

        if (!allPeersKnown || peers.Count == 0)
        {
            return;
        }

        CheckGateways(peers, problems);
        CheckAddressTables(peers, problems);
        if (!peers.Any(peer => !peer.Light && peer.ActualBehaviour == Behaviours.Honest))
        {
            problems.Warning(
                JsonPath.Root.At("peers"),
                "has no honest full peer, so that nobody may make valid blocks and pass them on; add one");
        }
    }

    /// <param name="regions">Null: there are none, or they could not be read.</param>
    /// <param name="isGiven">Whether the file has a section for them.</param>
    public static void CheckRegions(
        IReadOnlyList<PeerDraft> peers, RegionPlan? regions, bool isGiven, ProblemList problems)
    {
        if (regions is null && isGiven)
        {
            return;
        }

        foreach (var peer in peers.DistinctBy(peer => peer.Path))
        {
            if (peer.Region is { } region && regions?.Names.Contains(region) is not true)
            {
                problems.Error(
                    peer.Path.At("region"),
                    regions is null
                        ? "the file has no \"regions\", which say how far it is from the others"
                        : $"there is no region \"{region}\"; there are {string.Join(", ", regions.Names)}"
                            + Spelling.DidYouMean(region, regions.Names));
            }
        }
    }

    private static void CheckPorts(IReadOnlyList<PeerDraft> peers, ProblemList problems)
    {
        var owners = new Dictionary<int, PeerDraft>();
        var reported = new HashSet<(JsonPath, JsonPath)>();
        foreach (var peer in peers)
        {
            if (peer.Port is not { } port || owners.TryAdd(port, peer))
            {
                continue;
            }

            var owner = owners[port];
            if (!reported.Add((owner.Path, peer.Path)))
            {
                continue;
            }

            var what = owner.Address == peer.Address ? $"the address {peer.Address}:{port}" : $"the port {port}";
            problems.Error(
                peer.Path.At("port"),
                $"peer {peer.Id}: {what} is used by peer {owner.Id} ({owner.Path}); every peer needs a port "
                + $"of its own, because its page is at 127.0.0.1:(port + {NetworkPlan.HttpPortOffset})");
        }
    }

    /// <summary>All pages are on 127.0.0.1, so only there can one take the P2P port of another peer.</summary>
    private static void CheckHttpPorts(IReadOnlyList<PeerDraft> peers, ProblemList problems)
    {
        var owners = new Dictionary<int, PeerDraft>();
        foreach (var peer in peers)
        {
            if (peer.Port is { } port)
            {
                owners.TryAdd(NetworkPlan.HttpPortOf(port), peer);
            }
        }

        var reported = new HashSet<(JsonPath, JsonPath)>();
        foreach (var peer in peers)
        {
            if (peer.Port is not { } port || peer.Address?.ToString() != NetworkPlan.SingleAddress)
            {
                continue;
            }

            if (owners.TryGetValue(port, out var owner) && reported.Add((owner.Path, peer.Path)))
            {
                problems.Error(
                    peer.Path.At("port"),
                    $"peer {peer.Id}: 127.0.0.1:{port} is used as the HTTP port of peer {owner.Id} ({owner.Path}), "
                    + $"which is its port + {NetworkPlan.HttpPortOffset}; choose another");
            }
        }
    }

    /// <summary>
    /// Allowed, and on 127.0.0.1 the way of machines that have no other; elsewhere it is worth a word.
    /// </summary>
    private static void CheckAddresses(IReadOnlyList<PeerDraft> peers, ProblemList problems)
    {
        var owners = new Dictionary<Ipv4, PeerDraft>();
        foreach (var peer in peers)
        {
            if (peer.Address is not { } address || address.ToString() == NetworkPlan.SingleAddress)
            {
                continue;
            }
            // With the same port as well it is an error, reported as such.
            if (owners.TryAdd(address, peer) || owners[address].Port == peer.Port)
            {
                continue;
            }

            problems.Warning(
                peer.Path.At("ip"),
                $"peer {peer.Id} has the address of peer {owners[address].Id}, {address}; a peer will be "
                + "recognised by its first HELLO, which anybody can write. Give each peer an address of its own");
            return;
        }
    }

    private static void CheckKnows(
        PeerDraft peer, IReadOnlyDictionary<PeerId, PeerDraft> byId, bool allPeersKnown, ProblemList problems)
    {
        for (var i = 0; i < (peer.Knows?.Count ?? 0); i++)
        {
            var known = peer.Knows![i];
            var path = peer.Path.At("knows").At(i);
            // That a whole group knows its first member is no mistake.
            if (known == peer.Id && peer.Count is null)
            {
                problems.Error(path, "a peer cannot know itself; name other peers");
            }
            else if (allPeersKnown && !byId.ContainsKey(known))
            {
                problems.Error(
                    path,
                    $"the file has no peer \"{known}\"; name one of its peers"
                    + Spelling.DidYouMean(known.Value, byId.Keys.Select(id => id.Value)));
            }
        }
    }

    /// <summary>
    /// A peer with a table answers nobody but its neighbours, and is a neighbour of those that draw it: so all have one.
    /// </summary>
    private static void CheckAddressTables(IReadOnlyList<PeerDraft> peers, ProblemList problems)
    {
        if (peers.FirstOrDefault(HasTable) is not { } first)
        {
            return;
        }

        foreach (var peer in peers.DistinctBy(peer => peer.Path))
        {
            if (!HasTable(peer) || peer.Program is not null)
            {
                problems.Error(
                    peer.Path.At("addressTable"),
                    $"peer {first.Id} has an address table ({first.Path}), and so must all peers of a network, which "
                    + "programs of others have not; write it into \"defaults\", or leave it out");
            }
            else if (peer.Nat)
            {
                problems.Error(
                    peer.Path.At("nat"),
                    "nobody could draw a peer behind NAT from an address table; leave out one of the two");
            }
            else if (peer.Settings.PingInterval <= TimeSpan.Zero)
            {
                problems.Error(
                    peer.Path.At("pingInterval"),
                    "without heartbeats a peer with an address table never finds out that a neighbour has left it; "
                    + "make it longer than 0");
            }
        }

        static bool HasTable(PeerDraft peer) => peer.Settings.AddressTable != AddressTables.Usual;
    }

    private static void CheckGateways(IReadOnlyList<PeerDraft> peers, ProblemList problems)
    {
        var networks = peers
            .Where(peer => peer.NetworkId is { } id && id != PeerInfo.NoNetwork)
            .GroupBy(peer => peer.NetworkId!.Value);
        foreach (var network in networks)
        {
            if (network.All(peer => peer.Nat))
            {
                problems.Warning(
                    network.First().Path.At("localnetworkid"),
                    $"network {network.Key} has no gateway, so its peers reach no peer outside; "
                    + "add a peer without \"nat\" to it");
            }
        }
    }
}
