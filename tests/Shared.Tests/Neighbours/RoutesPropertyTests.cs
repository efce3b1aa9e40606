using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using CsCheck;

namespace Blockchain.Shared.Tests.Neighbours;

public class RoutesPropertyTests
{
    /// <summary>Two networks and peers that are in none; up to half of them behind NAT.</summary>
    private static readonly Gen<PeerInfo[]> Network = Gen.Select(Gen.Int[-1, 1], Gen.Bool).Array[2, 12].Select(kinds =>
        kinds.Select((kind, i) => Make.Info($"p{i:00}", kind.Item2 && kind.Item1 >= 0, network: kind.Item1)).ToArray());

    private static readonly Gen<(int Peer, int Kind, int Argument)> Change =
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 7], Gen.Int[1, 5]);

    /// <summary>The table changes between the questions, so that a route kept too long would show.</summary>
    [Fact]
    public void NextHop_RandomNetworkAndChanges_IsTheBestFirstHopOfAShortestPath() =>
        Gen.Select(Network, Change.Array[0, 25]).Sample((network, changes) =>
        {
            var bench = new ContextBench(Make.Quiet, network[1..], self: network[0]);
            AssertAllRoutes(bench);
            foreach (var (peer, kind, argument) in changes)
            {
                Apply(bench, bench[peer % (network.Length - 1)], kind, argument);
                AssertAllRoutes(bench);
            }
        });

    [Fact]
    public void NextHop_EverybodyAsksItsOwnTable_ArrivesInTheFewestHops() =>
        Gen.Select(Network, Gen.Int[1, 90].Array[150]).Sample((network, roundTrips) =>
        {
            var paths = new AllPairsShortestPaths(network);
            var benches = network.ToDictionary(
                info => info.Id, info => new ContextBench(
                    Make.Quiet, network.Where(other => other != info), self: info));
            var measured = 0;
            foreach (var remote in benches.Values.SelectMany(bench => bench.Context.Table.All))
            {
                remote.AddRoundTrip(TimeSpan.FromMilliseconds(roundTrips[measured++ % roundTrips.Length]));
            }

            foreach (var (from, to) in network.SelectMany(_ => network, (from, to) => (from.Id, to.Id)))
            {
                Assert.Equal(paths[from, to], Walk(benches, from, to));
            }
        });

    private static void Apply(ContextBench bench, RemotePeer peer, int kind, int argument)
    {
        var table = bench.Context.Table;
        switch (kind)
        {
            case 0:
                table.Ban(peer);
                break;
            case 1 or 2:
                table.SetStatus(peer, PeerStatus.Unreachable);
                break;
            case 3 or 4:
                table.SetStatus(peer, PeerStatus.Alive);
                break;
            default:
                peer.AddRoundTrip(TimeSpan.FromMilliseconds(argument));
                break;
        }
    }

    private static void AssertAllRoutes(ContextBench bench)
    {
        foreach (var target in bench.Context.Table.All)
        {
            Assert.Equal(Expected(bench, target)?.Id, bench.Context.Routes.NextHop(target)?.Id);
        }
    }

    /// <summary>The rule as it is written down: shortest, then nearest, then least id, over usable peers.</summary>
    private static RemotePeer? Expected(ContextBench bench, RemotePeer target)
    {
        var self = bench.Context.Self;
        var usable = bench.Context.Table.All
            .Where(peer => peer == target || (!peer.IsBanned && peer.Status != PeerStatus.Unreachable))
            .ToList();
        var paths = new AllPairsShortestPaths([self, .. usable.Select(peer => peer.Info)]);
        var hops = paths[self.Id, target.Id];
        return hops >= AllPairsShortestPaths.None
            ? null
            : usable
                .Where(hop => paths[self.Id, hop.Id] == 1 && paths[hop.Id, target.Id] == hops - 1)
                .OrderBy(hop => hop.RoundTripTime ?? TimeSpan.MaxValue)
                .ThenBy(hop => hop.Id.Value, StringComparer.Ordinal)
                .First();
    }

    private static int Walk(Dictionary<PeerId, ContextBench> benches, PeerId from, PeerId to)
    {
        var hops = 0;
        for (var at = from; at != to; hops++)
        {
            var table = benches[at].Context.Table;
            if (hops > benches.Count || benches[at].Context.Routes.NextHop(table.Find(to)!) is not { } next)
            {
                return AllPairsShortestPaths.None;
            }

            Assert.True(NetworkPlan.CanReach(benches[at].Context.Self, next.Info));
            at = next.Id;
        }

        return hops;
    }
}
