using Blockchain.Shared.Wire;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Validation;

/// <summary>All that the simulator is held against, and in which networks.</summary>
internal static class Claims
{
    private const double Percent = 100;

    /// <summary>Of measurements of the real network.</summary>
    private const double OfMeasurements = 0.15;

    /// <summary>Of other simulators, whose links and peers are other ones.</summary>
    private const double OfSimulators = 0.25;

    private const string Darosior = "darosior/miningsimulation, README (32,768 simulated years)";
    private const string Demers = "Demers et al. 1987: p = 1 − e^(−fp)";
    private const string Sirer = "Eyal and Sirer 2014, equation 8";
    private const string Heilman = "x^k, each neighbour by itself; the attack of Heilman et al. 2015";
    private const string Kit = "KIT DSN monitor, invstat.gpd (bitcoin-data/bitcoin-stats-archive)";
    private const string Gervais = "Gervais et al. 2016, results.html of their simulator";
    private const string Maelstrom = "Maelstrom, doc/03-broadcast/02-performance.md";

    /// <summary>Claims and networks of the full form; the short one has the quick half of them.</summary>
    public static (IReadOnlyList<Claim> Claims, IReadOnlyDictionary<string, SimulationConfig> Networks) Of(bool isShort)
    {
        var networks = new Dictionary<string, SimulationConfig>();
        List<Claim> claims =
        [
            .. Stale(networks, isShort), .. Push(networks, isShort), .. Broadcast(networks),
            .. SelfishMining(networks, isShort), .. SelfishPool(networks, isShort),
            .. Monitors(networks, isShort), .. BlockSizes(networks, isShort), .. Eclipses(networks, isShort),
        ];
        return (claims, networks);
    }

    private static IEnumerable<Claim> Stale(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        const string Pools = "nine makers, every block 10 s late, a block every 600 s";
        networks[Pools] = ValidationNetworks.Pools(isShort ? 5_000 : 30_000);
        var shares = ValidationNetworks.PoolShares;
        var delay = 10 / ValidationNetworks.PoolInterval.TotalSeconds;
        yield return new Claim(
            "stale blocks in all", Pools, "(1 − Σh²) D/T", Target.Exactly(
                Percent * (1 - shares.Sum(share => share * share)) * delay), run => Percent * StaleShare(run, null))
        { Unit = "%" };
        yield return new Claim(
            "stale blocks in all", Pools, Darosior, Target.About(1.3130, 0.05), run => Percent * StaleShare(run, null))
        { Unit = "%" };
        foreach (var (maker, published) in new[] { (0, 1.0092), (2, 1.6208), (5, 1.8597) })
        {
            yield return new Claim(
                $"stale blocks of the maker with {Percent * shares[maker]:0} %",
                Pools, Darosior, Target.About(published, 0.05), run => Percent * StaleShare(run, maker))
            { Unit = "%" };
        }

        foreach (var seconds in isShort ? [20] : new[] { 10, 20, 60 })
        {
            var forks = $"300 peers of simblock-2019, a block every {seconds} s";
            networks[forks] = ValidationNetworks.Forks(TimeSpan.FromSeconds(seconds), isShort ? 400 : 2_000);
            yield return new Claim(
                "forks, as a multiple of the rate that follows from the coverage of the same run",
                forks,
                "Decker and Wattenhofer 2013: 1 − exp(−∫(1 − F)/T)",
                Target.About(1, 0.1),
                run => StaleShare(run, null) / Expected(
                    run, seconds));
            yield return new Claim(
                "stale blocks, as a multiple of λD/(1 + λD), D until the last peer had a block",
                forks, "Sompolinsky and Zohar 2015", Target.AtMost(1), run => StaleShare(run, null) / Bound(
                    run, seconds));
        }
    }

    private static IEnumerable<Claim> Push(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        foreach (var (fanout, share) in new[] { (2, 0.7968), (3, 0.9405), (4, 0.9802), (5, 0.9930) })
        {
            var push = $"complete graph of {ValidationNetworks.Complete}, each tells {fanout} others once";
            networks[push] = ValidationNetworks.OneRound(fanout, isShort ? 20 : 60);
            yield return new Claim(
                "share that hears of a block", push, Demers, Target.About(Percent * share, 0.01), run => Percent
                    * (1 + (run.InTime * (ValidationNetworks.Complete - 1))) / ValidationNetworks.Complete)
            { Unit = "%" };
        }

        var rounds = $"complete graph of {ValidationNetworks.InRounds}, each tells one other a second";
        networks[rounds] = ValidationNetworks.Rounds(isShort ? 10 : 40);
        yield return new Claim(
            "rounds until all know a block", rounds, "Doerr and Künnemann: ⌊log₂ n⌋ + ln n − 1.116 ≤ E ≤ ⌈log₂ n⌉ "
                + "+ ln n + 2.765", Target.Between(12.43, 16.31), run =>
                1 + run.Result.Blocks.Average(block => block.All))
        {
            WhyItDiffers = "Theirs choose among all peers in every round. Ours never tell the same peer twice, and "
                + "none from which they have heard of the block; so no round is wasted on those, and the last ones are "
                + "found sooner.",
        };
    }

    private static IEnumerable<Claim> Broadcast(Dictionary<string, SimulationConfig> networks)
    {
        const string Tree = "25 nodes, tree of fan-out 4, 100 ms a hop";
        networks[Tree] = ValidationNetworks.Tree(200);
        yield return new Claim("messages for each broadcast", Tree, Maelstrom, Target.Exactly(24), Copies);
        yield return new Claim(
            "until all know it, median", Tree, Maelstrom, Target.About(0.386, 0.1), run => Median(run))
        {
            Unit = "s",
            WhyItDiffers = "Theirs is the median over reads at random nodes, from the moment at which a value was "
                + "acknowledged; ours is until the last node has it.",
        };
        yield return new Claim(
            "until all know it, longest", Tree, Maelstrom, Target.About(0.505, 0.05), Longest)
        { Unit = "s" };
        const string Line = "25 nodes in a line, 10 ms a hop";
        networks[Line] = ValidationNetworks.Line(200);
        yield return new Claim("until all know it, longest", Line, Maelstrom, Target.About(0.224, 0.1), Longest)
        { Unit = "s" };
    }

    private static IEnumerable<Claim> SelfishMining(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        var blocks = isShort ? 3_000 : 10_000;
        foreach (var share in new[] { 0.3, 0.4 })
        {
            var late = $"selfish miner with {Percent * share:0} %, too late in every tie";
            networks[late] = ValidationNetworks.Selfish(AttackNetwork.SeenFirst(), share, blocks);
            yield return Revenue(late, "gamma 0", Target.Exactly(Percent * ClosedForms.SelfishRevenue(share, 0)));
            var half = $"selfish miner with {Percent * share:0} %, the lower id decides a tie";
            networks[half] = ValidationNetworks.Selfish(AttackNetwork.LowestId(), share, blocks);
            yield return Revenue(half, "gamma ½", Target.Exactly(Percent * ClosedForms.SelfishRevenue(share, 0.5)));
            var first = $"selfish miner with {Percent * share:0} %, first in every tie";
            networks[first] = ValidationNetworks.Selfish(AttackNetwork.Connected(), share, blocks);
            yield return Revenue(first, "gamma 1", Target.Exactly(Percent * ClosedForms.SelfishRevenue(share, 1))) with
            {
                WhyItDiffers = "The honest maker of the other block of a tie always works on its own, so that with "
                    + "forty of them γ is at most 39/40; and the attacker must first hear of that block.",
            };
        }

        static Claim Revenue(string network, string gamma, Target target) => new(
            $"share of the chain, {gamma}", network, Sirer, target, run => Percent * run.Result.Attack?.Revenue)
        { Unit = "%" };
    }

    /// <summary>Stale blocks are published for each block on the chain; here they are of all blocks.</summary>
    private static IEnumerable<Claim> SelfishPool(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        const string Network = "nine makers, one of 40 % hides its blocks, also the one that wins a tie; all 10 s late";
        const string Source = Darosior + "; what it hides: simulation.h, FoundBlock";
        networks[Network] = ValidationNetworks.SelfishPool(isShort ? 5_000 : 30_000);
        yield return Of("share of the chain", 46.68, attack => attack.Revenue);
        yield return Of(
            "stale blocks of the selfish miner", OfAll(27.47), attack => (double)attack.Stale / attack.Blocks);
        yield return Of(
            "stale blocks of the others", OfAll(67.49), attack => (double)attack.OthersStale / attack.OthersBlocks);

        static double OfAll(double ofThoseOnChain) => Percent * ofThoseOnChain / (Percent + ofThoseOnChain);

        static Claim Of(string quantity, double published, Func<AttackStatistics, double?> of) => new(
            quantity, Network, Source, Target.About(published, 0.05), run => run.Result.Attack is { } attack
                ? Percent * of(attack)
                : null)
        { Unit = "%" };
    }

    private static IEnumerable<Claim> Monitors(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        foreach (var (shape, period, half, most) in new[]
        {
            (NetworkShape.Bitcoin2015, "2015", 7.43, 18.2), (NetworkShape.Bitcoin2019, "2019", 0.52, 4.18),
            (NetworkShape.Bitcoin2021, "2021", 0.41, 1.88), (NetworkShape.Bitcoin2025, "2024/25", 1.11, 3.57),
        })
        {
            var network = $"1,000 peers of bitcoin-{(period.Length > 4 ? "2025" : period)}, a monitor linked to all";
            networks[network] = ValidationNetworks.Measured(shape, isShort ? 8 : 30);
            yield return new Claim(
                $"half of the announcements, {period}", network, Kit, Target.About(half, OfMeasurements), run =>
                    run.Result.Monitor?.P50)
            { Unit = "s" };
            yield return new Claim(
                $"nine tenths of the announcements, {period}", network, Kit, Target.About(most, OfMeasurements), run =>
                    run.Result.Monitor?.P90)
            { Unit = "s" };
        }

        yield return new Claim(
            "stale blocks that follow from the coverage, heights 920,212 to 966,500",
            "1,000 peers of bitcoin-2025, a monitor linked to all", "bitcoin-data/stale-blocks: 69 of 46,289",
            Target.About(0.149, 0.5), run => Percent * Expected(run, 600))
        {
            Unit = "%",
            WhyItDiffers = "Of Bitcoin it is counted. Its makers are a few pools, linked to each other by fast "
                + "networks of their own; ours are peers like all others.",
        };
    }

    private static IEnumerable<Claim> BlockSizes(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        (double Megabytes, double Half, double Stale)[] rows =
        [
            (0.1, 3.18, 0.32), (0.25, 7.03, 0.88), (0.5, 13.62, 1.63), (1, 27.67, 3.17), (2, 57.79, 6.24),
            (4, 133.3, 11.85), (8, 571.5, 29.97),
        ];
        foreach (var (megabytes, half, stale) in isShort ? rows[1..2] : rows)
        {
            var network = $"{Target.Number(megabytes)} MB every 10 min, 1,000 peers of simblock-2015 without compact "
                + "blocks, pools with 750 links of 100 Mbit/s";
            networks[network] = ValidationNetworks.Gervais(megabytes, isShort ? 20 : 300);
            yield return new Claim(
                "until half of the peers have a block", network, Gervais, Target.About(half, OfSimulators), run =>
                    run.Result.HalfReached.P50)
            { Unit = "s", WhyItDiffers = WhyNotGervais };
            yield return new Claim(
                "stale blocks", network, Gervais, Target.About(stale, OfSimulators), run => Percent * StaleShare(
                    run, null))
            { Unit = "%", WhyItDiffers = WhyNotGervais };
        }
    }

    private static IEnumerable<Claim> Eclipses(Dictionary<string, SimulationConfig> networks, bool isShort)
    {
        foreach (var (drawn, share) in isShort ? [(4, 0.8)] : new[] { (8, 0.9), (4, 0.8) })
        {
            var network = $"100 peers restart and draw {drawn} neighbours of addresses that are attackers' by "
                + $"{Percent * share:0} %";
            networks[network] = EclipseNetwork.Untold(honest: 100, drawn, share);
            yield return new Claim(
                "peers that drew attackers only", network, Heilman,
                Target.Exactly(Percent * ClosedForms.Eclipse(share, drawn)), run => Percent * run.Eclipsed)
            { Unit = "%" };
        }
    }

    private const string WhyNotGervais =
        "Most of the time is that in which a pool uploads the block to its 750 neighbours, one after the other: 30 s "
        + "for 1 MB until half of them have it. Beside that, theirs draw the line of each peer from a distribution "
        + "with many slow ones, of which SimBlock, and so ours, has only the means for each region.";

    private static double? Copies(FinishedRun run) =>
        run.Result.Messages.First(type => type.Type == MessageType.Block).Received
            / (double)run.Result.Blocks.Count;

    private static double? Median(FinishedRun run) =>
        run.Result.Blocks.Select(block => block.All).Order().ElementAt(run.Result.Blocks.Count / 2);

    private static double? Longest(FinishedRun run) => run.Result.Blocks.Max(block => block.All);

    /// <param name="maker">Null: of all.</param>
    private static double? StaleShare(FinishedRun run, int? maker)
    {
        var blocks = run.Result.Blocks.Where(block => maker is null || block.Maker.Value == $"{maker}").ToArray();
        return blocks.Length == 0 ? null : (double)blocks.Count(block => !block.OnChain) / blocks.Length;
    }

    /// <summary>
    /// ∫(1 − F) is the mean time until a peer has a block; the maker's own zero is one of them.
    /// </summary>
    private static double? Expected(FinishedRun run, double interval) => 1 - Math.Exp(
        -run.Result.Propagation.Mean!.Value * (run.Result.Peers - 1) / run.Result.Peers / interval);

    private static double? Bound(FinishedRun run, double interval)
    {
        var delay = run.Result.Propagation.Max!.Value / interval;
        return delay / (1 + delay);
    }
}
