using System.Text.Json;
using Blockchain.Shared.Topology;
using CsCheck;

namespace Blockchain.Shared.Tests.Topology;

/// <summary>Values to try for every knob, and generated plans.</summary>
internal static class Samples
{
    /// <summary>JSON values, each right for some knobs and wrong for others.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "false", "-1", "0", "0.5", "1", "1.5", "2", "1024", "2147483647", "2147483648", "36000001",
        "\"\"", "\"5\"", "\"0\"", "\"0.0ms\"", "\"15s\"", "\"0.3ms\"", "\"2min\"", "\"1.5h\"", "\"-1s\"", "\"1 s\"",
        "\"abc\"",
        "[]", "[1]", "[0, 1]", "[0.5, 2]", "[1, 2, 3]", "[-1, 2]", "[\"5ms\", \"1h\"]", "[\"5ms\", \"x\"]",
        "[\"0s\", 3]",
        "{}", "{\"messages\": 5, \"window\": \"2s\"}", "{\"messages\": 0}", "{\"messages\": 0, \"window\": 1}",
        "{\"messages\": 5}", "{\"messages\": \"0\"}", "{\"window\": 5}", "{\"messages\": -5, \"window\": 5}",
        "{\"messages\": 5, \"window\": 0}",
        "\"uniform\"", "\"log-normal\"", "\"pareto\"", "\"normal\"",
        "\"announce\"", "\"push\"", "\"flood\"", "\"pusch\"", "\"lowest-id\"", "\"first-seen\"", "\"last-seen\"",
        "\"bitcoin\"",
    ];

    /// <summary>Settings of which each knob is as the default or has one of the values that it takes.</summary>
    public static Gen<PeerSettings> Settings { get; } =
        Gen.Int[0, 3 * Values.Length].Array[Knobs.All.Count].Select(choices =>
            Knobs.All.Zip(choices).Aggregate(
                PeerSettings.Default,
                (settings, next) => next.Second < Values.Length
                    ? next.First.Read(Place(Values[next.Second], out _), settings)
                    : settings))
            .Where(settings => settings.Conditions.Problem is null
                && settings.AddressTable == AddressTables.Usual); // All peers of a network have one, or none has.

    private static readonly RegionPlan Regions = new(
        new Dictionary<(string, string), Range<TimeSpan>>
        {
            [("é", "é")] = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(4)),
            [("é", "us \"1\"")] = new(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(60)),
            [("us \"1\"", "é")] = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(60)),
            [("us \"1\"", "us \"1\"")] = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
        },
        new Dictionary<(string, string), long> { [("é", "us \"1\"")] = 1_500, [("us \"1\"", "é")] = 20_000_000 })
    {
        Shape = LatencyShape.Pareto,
    };

    /// <summary>One in four links is there in one direction only.</summary>
    private static Gen<LinkPlan> Link { get; } = Gen.Select(
        Gen.Int[0, 19], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 2]).Select(
        (to, time, loss, bits) => new LinkPlan(Id(to))
        {
            Latency = time == 0 ? null : new(TimeSpan.FromMilliseconds(time), TimeSpan.FromMilliseconds(2 * time)),
            LatencyShape = time < 2 ? null : LatencyShape.LogNormal,
            Loss = loss == 0 ? null : 0.1 * loss,
            LossBurst = loss < 2 ? null : 7.5,
            Bandwidth = bits == 0 ? null : 3_000 * (bits - 1),
        });

    /// <summary>Up to 20 peers, NATed or not, in up to four networks, some in regions and with links.</summary>
    public static Gen<NetworkPlan> Plans { get; } =
        Gen.Select(PlainPlans, Link.Array[0, 3].Array[20], Gen.Int[-1, 1].Array[20]).Select((plan, links, places) =>
            places[0] < 0 ? plan : new NetworkPlan(
                plan.Peers.Select((peer, i) => peer with
                {
                    Region = places[i] < 0 ? null : Regions.Names[places[i]],
                    Links =
                    [
                        .. links[i].DistinctBy(link => link.To)
                            .Where(link => link.To != peer.Id && plan.TryGet(link.To, out _) && !link.IsEmpty
                                && link.Over(peer.Settings.Conditions).Problem is null
                                && link.Over(plan[link.To].Settings.Conditions).Problem is null),
                    ],
                }),
                plan.Defaults)
            {
                Data = plan.Data, Regions = Regions,
            });

    private static Gen<NetworkPlan> PlainPlans =>
        Gen.Select(
            Gen.Select(Gen.Int[-1, 2], Gen.Bool, Gen.Bool, Gen.Int[0, 3].Select(
                i => Behaviours.All.Names[i]), Gen.Bool, Gen.Int[0, 3]).Array[1, 20],
            Settings.Array[4],
            Gen.Int[0, 19].Array[0, 5].Array[20])
            .Select((rows, settings, knows) => new NetworkPlan(
                rows.Select((row, i) => new PeerPlan
                {
                    Info = new PeerInfo(
                        Id(i), $"10.0.{i}.1", 5000 + i, Nat: row.Item2
                            && row.Item1 != PeerInfo.NoNetwork, row.Item3, row.Item1),
                    Behaviour = row.Item4,
                    ManualStart = row.Item5,
                    Settings = settings[row.Item6],
                    Knows = row.Item6 == 0
                        ? null
                        : [.. knows[i].Distinct().Where(other => other != i && other < rows.Length).Select(Id)],
                }),
                settings[0])
            {
                Data = settings[0].Fanout == PeerSettings.Default.Fanout ? null : "dàta \"1\"",
            });

    public static JsonPlace Place(string json, out ProblemList problems)
    {
        problems = new ProblemList();
        return new JsonPlace(JsonElement.Parse(json), JsonPath.Root, problems);
    }

    private static PeerId Id(int index) => new($"pé \"{index}\"".Replace(" ", "", StringComparison.Ordinal));
}
