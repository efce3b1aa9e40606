using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;

namespace Blockchain.Trials.Hunting;

/// <summary>Smaller networks in which the same is promised.</summary>
internal static class Networks
{
    /// <summary>A light peer believes a header when so many full peers have told it that can connect to it.</summary>
    private const int WitnessesOfLightPeer = 2;

    /// <summary>The network without some of its peers, whom the others do not know either.</summary>
    public static NetworkPlan Without(NetworkPlan network, IReadOnlySet<PeerId> gone) => network.WithPeers(
        network.Peers.Where(peer => !gone.Contains(peer.Id)).Select(peer => peer.Knows is { } knows
            ? peer with { Knows = [.. knows.Where(id => !gone.Contains(id))] }
            : peer));

    /// <summary>
    /// Whether all honest peers hear of each other by way of honest full peers, so that a block can get everywhere (as
    /// the simulator's invariant "every block everywhere" sees it), and no light peer is left with the header of a block
    /// that all others have forgotten.
    /// </summary>
    public static bool IsConnected(Scenario scenario)
    {
        var network = scenario.Network;
        var bad = scenario.Acts.OfType<Behave>()
            .SelectMany(act => Choices.Possible(act.Peers, network)).Select(peer => peer.Id).ToHashSet();
        var honest = network.Peers.Where(peer => peer.IsHonest && !bad.Contains(peer.Id)).ToList();
        var known = Pairs(network, honest).ToList();
        var wire = new Groups(honest.Count);
        foreach (var (one, other) in known)
        {
            if (NetworkPlan.CanReach(honest[one].Info, honest[other].Info))
            {
                wire.Join(one, other);
            }
        }

        var witnesses = new int[honest.Count];
        foreach (var (one, other) in known.Where(
            pair => NetworkPlan.CanReach(honest[pair.One].Info, honest[pair.Other].Info)))
        {
            witnesses[one] += honest[other].Info.Light ? 0 : 1;
            witnesses[other] += honest[one].Info.Light ? 0 : 1;
        }

        known.RemoveAll(pair => wire.Of(pair.One) != wire.Of(pair.Other));
        var gossip = new Groups(honest.Count);
        foreach (var (one, other) in known.Where(
            pair => !honest[pair.One].Info.Light && !honest[pair.Other].Info.Light))
        {
            gossip.Join(one, other);
        }

        var full = Enumerable.Range(0, honest.Count).Where(i => !honest[i].Info.Light).ToArray();
        var forgetting = scenario.Acts.OfType<PeerAct>().Where(Forgets)
            .SelectMany(act => Choices.Possible(act.Peers, network)).Select(peer => peer.Id).ToHashSet();
        return full.Length > 0
            && (full.Length == honest.Count
                || full.Count(i => !forgetting.Contains(honest[i].Id)) >= WitnessesOfLightPeer)
            && full.All(i => gossip.Of(i) == gossip.Of(full[0]))
            && honest.Index().All(peer =>
                !peer.Item.Info.Light || witnesses[peer.Index] >= WitnessesOfLightPeer);
    }

    /// <summary>Whether peers lose by it what they have not stored.</summary>
    public static bool Forgets(PeerAct act) => act is Kill or Leave or Restart or Churn;

    /// <summary>Whether every choice of a group or kind that finds somebody in one network does so in another.</summary>
    public static bool ChoosesAsIn(Scenario scenario, NetworkPlan before) => scenario.Steps
        .SelectMany(Choices.Of)
        .All(choice => Terms(choice).All(term =>
            Choices.Possible(term, scenario.Network).Any() || !Choices.Possible(term, before).Any()));

    private static IEnumerable<PeerChoice> Terms(PeerChoice choice) =>
    [
        new PeerChoice { NetworkId = choice.NetworkId },
        new PeerChoice { Kinds = choice.Kinds },
    ];

    private static IEnumerable<(int One, int Other)> Pairs(NetworkPlan network, List<PeerPlan> peers)
    {
        var index = peers.Index().ToDictionary(peer => peer.Item.Id, peer => peer.Index);
        return peers.SelectMany(peer => network.KnownBy(peer.Id)
                .Where(known => index.ContainsKey(known.Id) && known.Id != peer.Id)
                .Select(known => (One: index[peer.Id], Other: index[known.Id])))
            .Select(pair => pair.One < pair.Other ? pair : (One: pair.Other, Other: pair.One))
            .Distinct();
    }

    /// <summary>Disjoint sets.</summary>
    private sealed class Groups(int count)
    {
        private readonly int[] _parents = [.. Enumerable.Range(0, count)];

        public int Of(int index)
        {
            while (_parents[index] != index)
            {
                index = _parents[index];
            }

            return index;
        }

        public void Join(int one, int other) => _parents[Of(one)] = Of(other);
    }
}
