using Blockchain.Shared;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>The experiments with makers that attack the chain.</summary>
internal static class AttackExperiments
{
    private const double Tenth = 0.1;

    /// <summary>How many neighbours a peer draws.</summary>
    private const int Drawn = 8;

    public static IReadOnlyList<Experiment> All { get; } =
    [
        Selfish(
            "selfish",
            "What does a selfish miner gain that is too late in every tie?",
            AttackNetwork.SeenFirst,
            AttackNetwork.AlikeNote),
        Selfish(
            "selfish-lowest-id",
            "What does a selfish miner gain where the lowest id decides a tie?",
            AttackNetwork.LowestId,
            AttackNetwork.LowestIdNote),
        Selfish(
            "selfish-grinding",
            "What does a selfish miner gain that takes low ids, where the lowest id decides?",
            AttackNetwork.Grinding,
            AttackNetwork.GrindingNote),
        Selfish(
            "selfish-connected",
            "What does a selfish miner gain that is everybody's neighbour?",
            AttackNetwork.Connected,
            AttackNetwork.ConnectedNote),
        new("double-spend", "For how many confirmations must one wait?", new Parameter(
            "confirmations", "Confirmations", [1, 2, 3, 4, 5, 6, 8, 10], AttackNetwork.WithConfirmations)
            {
                Min = 1,
                Max = 100,
                IsWhole = true,
                SuitsPlanned = true,
                NeedsPlanned = true,
                Suits = plan => plan.Peers.Any(peer => peer.Behaviour == Behaviours.DoubleSpend),
            })
        {
            Base = AttackNetwork.DoubleSpend,
            BaseNote = AttackNetwork.DoubleSpendNote,
            Drawn =
            [
                new(Measures.DoubleSpent, Trend.Falls, "it must be ahead after more blocks")
                {
                    Curves =
                    [
                        new("Rosenfeld 2014, 30 %", z => ClosedForms.DoubleSpend(Spender, (int)z)),
                        new("Nakamoto 2008, 30 %", z => ClosedForms.DoubleSpendOfNakamoto(Spender, (int)z)),
                    ],
                },
                new(Measures.Revenue, Trend.Open, "it has the blocks of its successes, and loses the others"),
                new(Measures.OthersStale, Trend.Open, "a success takes away as many blocks as the payment waited for"),
            ],
            Teach = ConfirmationsNeeded,
        },
        new("eclipse", "How many addresses must attackers have to be all neighbours of a peer?", new Parameter(
            "attackers_share", "Attackers' share of the addresses (%)", [0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9],
            EclipseNetwork.WithShare)
            { Min = 0, Max = 0.95, IsShare = true, SuitsPlanned = true, NeedsPlanned = true })
        {
            Base = EclipseNetwork.Base,
            BaseNote = EclipseNetwork.Note,
            Drawn =
            [
                new(Measures.Eclipsed, Trend.Rises, "more of the addresses of which it draws are theirs")
                {
                    Curves = [new("x^8: each neighbour by itself", share => ClosedForms.Eclipse(share, Drawn))],
                },
            ],
        },
    ];

    private static double Spender => AttackNetwork.DoubleSpenderShare;

    private static Experiment Selfish(
        string name, string question, Func<SimulationConfig> network, string note) =>
        new(name, question, new Parameter(
            "share", "The attacker's share of the power (%)", [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45],
            AttackNetwork.WithShare)
            {
                Min = 0.01,
                Max = 0.49,
                IsShare = true,
                SuitsPlanned = true,
                NeedsPlanned = true,
                Suits = plan => plan.Peers.Any(peer => !peer.IsHonest && !peer.Info.Light),
            })
        {
            Base = network,
            BaseNote = note,
            Threshold = Measures.Gain,
            Drawn =
            [
                new(Measures.Revenue, Trend.Rises, "it wins more races")
                {
                    Curves =
                    [
                        new("Eyal and Sirer 2014, gamma 0", share => ClosedForms.SelfishRevenue(share, 0)),
                        new("gamma 0.5", share => ClosedForms.SelfishRevenue(share, 0.5)),
                        new("gamma 1", share => ClosedForms.SelfishRevenue(share, 1)),
                        new("honest", share => share),
                    ],
                },
                new(Measures.Gamma, Trend.Open, "it is the network that decides who hears what first"),
                new(Measures.AttackersStale, Trend.Falls, "the stronger it is, the more seldom it loses a race"),
                new(Measures.OthersStale, Trend.Rises, "each race that it wins makes blocks of theirs stale"),
            ],
        };

    /// <summary>The fewest with which less than a tenth succeeds.</summary>
    private static IEnumerable<string> ConfirmationsNeeded(Summary summary)
    {
        foreach (var index in summary.With(Measures.DoubleSpent))
        {
            var success = summary.Of(index, Measures.DoubleSpent);
            if (success.Mean < Tenth)
            {
                yield return $"{summary.Cases[index].Label} confirmations are the fewest that were tried with which "
                    + $"less than a tenth of the double spends succeeds: {Measures.DoubleSpent.Show(success.Mean)}.";
                yield break;
            }
        }

        yield return "With all confirmations that were tried, a tenth of the double spends or more succeeds.";
    }
}
