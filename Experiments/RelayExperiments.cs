using Blockchain.Shared;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;

namespace Blockchain.Experiments;

/// <summary>All relay rules side by side.</summary>
internal static class RelayExperiments
{
    private const string Note =
        "Every peer knows 20 others, chosen at random, and does what the peers of a peers.json do: heartbeats, gossip "
        + "as its rule says, exchange of headers every 10 s. Links take 100 ms on the average and carry 20 Mbit/s. A "
        + "block is made every 10 s on the average, and two transactions a second, so that a block has about twenty.";

    private const string WithholdNote =
        " Three of ten peers announce blocks and never hand one over (the behaviour withhold). The blocks that they "
        + "make reach nobody, and count as late and stale.";

    private const double WithholdShare = 0.3;
    private const int Blocks = 20;

    private static readonly TimeSpan TransactionInterval = TimeSpan.FromSeconds(0.5);

    public static IReadOnlyList<Experiment> All { get; } =
    [
        Of("relay", "Which relay rule is the quickest, and what does each cost?", Note, Base),
        Of(
            "relay-withhold",
            "Which relay rule stands peers that announce blocks and keep them back?",
            Note + WithholdNote,
            () => Base() with
            {
                Faults = [new Behave(TimeSpan.Zero, PeerChoice.ShareOf(WithholdShare), "withhold")],
            }),
    ];

    private static Experiment Of(string name, string question, string note, Func<SimulationConfig> network) => new(
        name,
        question,
        new Parameter(
            "relay",
            "Relay rule",
            [.. Enumerable.Range(0, RelayRules.All.Names.Count).Select(place => (double)place)],
            Changes.Relay)
        {
            Max = RelayRules.All.Names.Count - 1,
            IsWhole = true,
            SuitsPlanned = true,
            Names = RelayRules.All.Names,
        })
    {
        Base = network,
        BaseNote = note,
        Drawn =
        [
            .. new[]
            {
                Measures.Half, Measures.Most, Measures.InTime, Measures.Stale, Measures.TrafficOfBlocks,
                Measures.CopiesOfTransactions, Measures.TrafficOfTransactions, Measures.Traffic,
            }.Select(measure => new Expectation(measure, Trend.Open, "names have no order")),
        ],
        Together = [Measures.CopiesOfTransactions, Measures.CopiesOfInv, Measures.CopiesOfBlocks],
    };

    private static SimulationConfig Base()
    {
        var config = BaseNetworks.Gossip();
        return config with
        {
            Workload = config.Workload with { TransactionInterval = TransactionInterval },
            Stop = new StopCondition { Blocks = Blocks },
        };
    }
}
