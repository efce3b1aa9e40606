using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;
using Blockchain.Simulation.Invariants;

namespace Blockchain.Experiments;

/// <summary>A network of a plan into which the many names of one attacker come, and then honest newcomers.</summary>
internal static class SybilNetwork
{
    public const string Note =
        "Twenty peers of a plan know each other: 16 full ones, which make a block every 10 s on the average, "
        + "and 4 light ones. The Sybils know all of these, join by HELLO at the start, announce blocks and "
        + "never hand one over, and all tell of the same blocks that nobody has made. After a minute 8 light "
        + "and 8 full newcomers join; each knows three peers, drawn at random from those of the plan and the "
        + "Sybils, and learns of the others from them. Messages are lost and late as by the settings of a "
        + "peers.json.";

    private const int Residents = 20;
    private const int LightResidents = 4;
    private const int Newcomers = 8;
    private const int Contacts = 3;
    private const int Blocks = 20;

    /// <summary>Of whom newcomers know: the same for every seed of a run, as all that stands in a plan.</summary>
    private const ulong DrawSeed = 1;

    private const string SybilPrefix = "sybil-";
    private const string FullPrefix = "new-";
    private const string LightPrefix = "new-light-";

    private static readonly TimeSpan JoinAt = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BlockInterval = TimeSpan.FromSeconds(10 * (Residents - LightResidents));
    private static readonly TimeSpan TransactionInterval = TimeSpan.FromMinutes(5);

    private static readonly PeerSettings Maker = PeerSettings.Default with
    {
        BlockInterval = BlockInterval,
        TransactionInterval = TransactionInterval,
    };

    public static SimulationConfig Base() => BaseNetworks.Planned(new NetworkPlan(Enumerable.Range(0, Residents)
        .Select(i => new PeerPlan
        {
            Info = Info($"{i}", i, i < LightResidents),
            Settings = Maker,
        }))) with
    {
        Stop = new StopCondition { Blocks = Blocks, Duration = TimeSpan.FromHours(1) },

        // Headers of blocks that nobody has made are what is counted here.
        Checks = BaseNetworks.Checks with { Names = [.. BaseNetworks.Checks.Names!.Except([new IdsVerify().Name])] },
    };

    public static SimulationConfig WithShare(SimulationConfig config, double share)
    {
        var plan = ((PlannedNetwork)config.Network).Plan;
        PeerId[] residents = [.. plan.Peers.Select(peer => peer.Id)];
        var sybils = Enumerable.Range(0, (int)Math.Round(residents.Length * share / (1 - share)))
            .Select(i => Joining($"{SybilPrefix}{i}", 1, i, false, residents) with { Behaviour = Behaviours.Sybil })
            .ToArray();

        var draw = new SeededRandom(DrawSeed);
        PeerId[] contacts = [.. residents, .. sybils.Select(sybil => sybil.Id)];
        var full = Late(FullPrefix, 2, isLight: false, contacts, draw);
        var light = Late(LightPrefix, 3, isLight: true, contacts, draw);
        PeerChoice late = PeerChoice.Of(full.Concat(light).Select(peer => peer.Id.Value));
        return config with
        {
            Network = new PlannedNetwork(plan.WithPeers(
            [
                .. plan.Peers.Select(
                    peer => peer with { Knows = [.. plan.KnownBy(peer.Id).Select(known => known.Id)] }),
                .. sybils,
                .. full,
                .. light,
            ])),
            Faults = [.. config.Faults, new Join(JoinAt, late)],
        };
    }

    private static PeerPlan[] Late(string prefix, int block, bool isLight, PeerId[] contacts, SeededRandom draw) =>
    [
        .. Enumerable.Range(0, Newcomers).Select(i =>
        {
            var known = contacts.ToArray();
            draw.ShuffleFront(known, Contacts);
            return Joining($"{prefix}{i}", block, i, isLight, known[..Math.Min(Contacts, known.Length)]);
        }),
    ];

    /// <summary>It is in nobody's plan, and makes nothing.</summary>
    private static PeerPlan Joining(string id, int block, int index, bool isLight, PeerId[] knows) => new()
    {
        Info = Info(id, (block * 10_000) + index, isLight),
        Knows = knows,
        Settings = Maker with { BlockInterval = TimeSpan.Zero, TransactionInterval = TimeSpan.Zero },
    };

    private static PeerInfo Info(string id, int number, bool isLight) => new(
        new PeerId(id), $"127.100.{number / 250}.{1 + (number % 250)}", 5_000, Nat: false, isLight, PeerInfo.NoNetwork);
}
