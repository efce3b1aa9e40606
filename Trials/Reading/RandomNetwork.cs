using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Reading;

/// <summary>
/// A network that is drawn from the seed: each peer knows some others, in both directions, and all are connected. It
/// runs on every host, since it is a plan like that of a file.
/// </summary>
internal static class RandomNetwork
{
    /// <summary>Each of them is a process elsewhere.</summary>
    private const int MostPeers = 1_000;

    private const int FirstPort = 6000;
    private static readonly string[] Members = ["peers", "degree", "light", "malicious", "nat", "natGroup"];

    /// <summary>Null after having reported what is wrong.</summary>
    public static NetworkPlan? Read(JsonPlace place, ulong seed)
    {
        var (peers, degree, group) = (0, 4, 4);
        var (light, malicious, nat) = (0.0, 0.0, 0.0);
        var isRight = true;
        foreach (var (name, at) in place.Members("an object such as {\"peers\": 20, \"degree\": 4}"))
        {
            isRight &= name switch
            {
                "peers" => JsonFormats.Integer(2, MostPeers).TryRead(at, out peers),
                "degree" => JsonFormats.Integer(1, MostPeers).TryRead(at, out degree),
                "natGroup" => JsonFormats.Integer(1, MostPeers).TryRead(at, out group),
                "light" => JsonFormats.Probability.TryRead(at, out light),
                "malicious" => JsonFormats.Probability.TryRead(at, out malicious),
                "nat" => JsonFormats.Probability.TryRead(at, out nat),
                _ => Unknown(at, name),
            };
        }

        if (isRight && peers == 0)
        {
            place.Problems.Error(place.Path.At("peers"), $"is missing: how many, 2 to {MostPeers}");
            return null;
        }

        return isRight
            ? Draw(new SeededRandom(seed), peers, Math.Min(degree, peers - 1), light, malicious, nat, group)
            : null;
    }

    private static bool Unknown(JsonPlace place, string name)
    {
        place.Unknown(name, Members);
        return false;
    }

    private static NetworkPlan Draw(
        SeededRandom random, int peers, int degree, double light, double malicious, double nat, int group)
    {
        var links = Links(random, peers, degree);
        var order = Enumerable.Range(0, peers).ToArray();
        random.ShuffleFront(order, peers);

        // In this order: those behind NAT, their gateways, light and malicious ones. The last peer is honest and full.
        var nated = Math.Min((int)Math.Round(nat * peers), peers - 2);
        var groups = Math.Min((nated + group - 1) / group, peers - nated);
        var lights = Math.Min((int)Math.Round(light * peers), peers - nated - groups - 1);
        var bad = Math.Min((int)Math.Round(malicious * peers), peers - nated - groups - lights - 1);
        var plans = new PeerPlan[peers];
        foreach (var (place, i) in order.Index())
        {
            var afterGateways = place - nated - groups;
            plans[i] = new PeerPlan
            {
                Info = new PeerInfo(
                    IdOf(i),
                    $"127.30.{i / 250}.{(i % 250) + 1}",
                    FirstPort + i,
                    Nat: place < nated,
                    Light: afterGateways >= 0 && afterGateways < lights,
                    place < nated ? place % groups : afterGateways < 0 ? place - nated : PeerInfo.NoNetwork),
                Malicious = afterGateways >= lights && afterGateways < lights + bad,
                Knows = [.. links[i].Order().Select(IdOf)],
            };
        }

        return new NetworkPlan(plans);
    }

    /// <summary>A ring in random order, so that all are connected, and random links beyond it.</summary>
    private static HashSet<int>[] Links(SeededRandom random, int peers, int degree)
    {
        var ring = Enumerable.Range(0, peers).ToArray();
        random.ShuffleFront(ring, peers);
        var links = new HashSet<int>[peers];
        for (var i = 0; i < peers; i++)
        {
            links[i] = [];
        }

        for (var i = 0; i < peers; i++)
        {
            Join(ring[i], ring[(i + 1) % peers]);
        }

        var wanted = Math.Max(peers, peers * degree / 2);
        var most = (long)peers * (peers - 1) / 2;
        for (long count = links.Sum(link => link.Count) / 2; count < Math.Min(wanted, most);)
        {
            count += Join(random.Next(peers), random.Next(peers)) ? 1 : 0;
        }

        return links;

        bool Join(int one, int other)
        {
            if (one == other || !links[one].Add(other))
            {
                return false;
            }

            return links[other].Add(one);
        }
    }

    private static PeerId IdOf(int index) => new($"{FirstPort + index}");
}
