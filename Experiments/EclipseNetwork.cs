using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;

namespace Blockchain.Experiments;

/// <summary>Honest peers that draw their neighbours from tables of addresses, many of which are attackers'.</summary>
internal static class EclipseNetwork
{
    public const string Note =
        "Fifty honest peers draw eight neighbours each, by Bitcoin's rules, out of a table of the addresses of all the "
        + "others and of the attackers; every address is in a /16 of its own. The attackers name each other to one who "
        + "asks for peers, and nobody else, and say nothing of blocks. After two and a half minutes all honest peers "
        + "restart, keep their tables, and draw their neighbours anew. Nothing is lost on the way.";

    private const int Honest = 50;
    private const string HonestPrefix = "honest-";
    private const string AttackerPrefix = "attacker-";

    /// <summary>They have asked for peers three times.</summary>
    private static readonly TimeSpan RestartAt = TimeSpan.FromMinutes(2.5);

    /// <summary>Every half second one is drawn; one that does not answer costs five.</summary>
    private static readonly TimeSpan DrawingTakes = TimeSpan.FromSeconds(20);

    private static readonly PeerSettings Settings = PeerSettings.Default with
    {
        AddressTable = AddressTables.Bitcoin,
        BlockInterval = TimeSpan.FromSeconds(10 * Honest),
        Poisson = true,
        TransactionInterval = TimeSpan.Zero,
        DropProbability = 0,
    };

    public static SimulationConfig Base() => Of(Honest, Settings, RestartAt);

    /// <summary>A network whose honest peers draw of what stands in the plan, and hear of nothing else.</summary>
    /// <param name="outbound">How many neighbours each draws.</param>
    public static SimulationConfig Untold(int honest, int outbound, double share) => WithAttackers(
        Of(honest, Settings with { Outbound = outbound, Discovery = false }, DrawingTakes), share, areTold: false);

    public static SimulationConfig WithShare(SimulationConfig config, double share) =>
        WithAttackers(config, share, areTold: true);

    private static SimulationConfig Of(int honest, PeerSettings settings, TimeSpan restartAt)
    {
        PeerPlan[] peers = [.. Enumerable.Range(0, honest).Select(i => Peer(HonestPrefix, i, i, settings))];
        return BaseNetworks.Planned(new NetworkPlan(peers)) with
        {
            Stop = new StopCondition { Duration = restartAt + DrawingTakes, Settle = TimeSpan.Zero },
            Checks = new CheckConfig { Names = [] },
            Faults = [new Restart(restartAt, PeerChoice.Of(peers.Select(peer => peer.Id.Value)))],
        };
    }

    /// <param name="share">Of the addresses that an honest peer knows.</param>
    /// <param name="areTold">Whether the attackers know each other, and so can name each other.</param>
    private static SimulationConfig WithAttackers(SimulationConfig config, double share, bool areTold)
    {
        var honest = ((PlannedNetwork)config.Network).Plan.Peers;
        var settings = honest[0].Settings with { BlockInterval = TimeSpan.Zero };
        var attackers = Enumerable.Range(0, (int)Math.Round((honest.Count - 1) * share / (1 - share)))
            .Select(i => Peer(AttackerPrefix, i, honest.Count + i, settings) with { Behaviour = Behaviours.Eclipse })
            .ToArray();
        PeerId[] ids = [.. attackers.Select(attacker => attacker.Id)];
        return config with
        {
            Network = new PlannedNetwork(((PlannedNetwork)config.Network).Plan.WithPeers(
            [
                .. honest, .. attackers.Select(peer => peer with { Knows = areTold ? [.. ids.Except([peer.Id])] : [] }),
            ])),
        };
    }

    private static PeerPlan Peer(string prefix, int index, int group, PeerSettings settings) => new()
    {
        Info = new PeerInfo(
            new PeerId($"{prefix}{index}"), $"{11 + (group / 250)}.{group % 250}.0.1", 5_000, Nat: false, Light: false,
            PeerInfo.NoNetwork),
        Settings = settings,
    };
}
