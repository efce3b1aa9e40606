namespace Blockchain.Experiments;

/// <summary>The experiments that there are, in the order of the list.</summary>
internal static class Catalogue
{
    private const string UnderWay = "an announcement that comes while the block is on its way still counts as useful";

    public static IReadOnlyList<Experiment> All { get; } =
    [
        new("fanout", "What causes redundant messages, and how many does a network need?", new Parameter(
            "fanout", "Gossip fan-out (peers told at a time)", [1, 2, 3, 4, 6, 8, 12, 16], Changes.Fanout)
            { Min = 1, Max = 1_000_000, IsWhole = true, SuitsPlanned = true })
        {
            Base = BaseNetworks.OneRound,
            BaseNote = BaseNetworks.OneRoundNote,
            Drawn =
            [
                new(Measures.Redundancy, Trend.Rises, "each useful copy comes with those that all the others send"),
                new(Measures.Announcements, Trend.Rises, "every peer that has a block tells as many others of it"),
                new(Measures.InTime, Trend.Rises, "a rumour that is told to more peers is less likely to die out"),
                new(Measures.Half, Trend.Falls, "more peers are told in each step, so fewer steps are needed"),
                new(Measures.Most, Trend.Falls, "the last ones are found sooner"),
                new(Measures.Stale, Trend.Falls, "makers learn of each other's blocks sooner"),
                new(Measures.Traffic, Trend.Rises, "every copy costs its bytes"),
            ],
            Together = [Measures.CopiesOfTransactions, Measures.CopiesOfInv, Measures.CopiesOfBlocks],
            Teach = FanoutLesson.Of,
        },
        new("loss", "What does a network that loses messages do to its blocks?", new Parameter(
            "loss", "Messages lost on each link (%)", [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], Changes.Loss)
            { Max = 1, IsShare = true, SuitsPlanned = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Rises, "what is lost must be told or asked for again"),
                new(Measures.Redundancy, Trend.Falls, "lost copies are not received, and " + UnderWay),
                new(Measures.Announcements, Trend.Falls, "lost ones are not received"),
            ],
        },
        new("latency", "How do slower links change the chain?", new Parameter(
            "latency_factor", "Latency, as a multiple of the base's", [0.25, 0.5, 1, 2, 4, 8], Changes.Latency)
            { Min = 0.001, Max = 1_000, IsLogarithmic = true, SuitsPlanned = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Rises, "each step takes longer"),
                new(Measures.Redundancy, Trend.Falls, UnderWay),
                new(Measures.Announcements, Trend.Rises, "peers tell others that know already, but could not say so "
                    + "yet"),
            ],
        },
        new("size", "How does a network behave as it grows?", new Parameter(
            "peers", "Peers in the network", [25, 50, 100, 200, 400], Changes.Peers)
            { Min = 2, Max = 1_000_000, IsWhole = true, IsLogarithmic = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Rises, "there are more steps, as many as the logarithm of the size"),
                new(Measures.Redundancy, Trend.Open, "how many copies a peer gets depends on its neighbours, not on "
                    + "all others"),
                new(Measures.Traffic, Trend.Open, "the same holds for its traffic"),
            ],
        },
        new("block-size", "What do larger blocks cost?", new Parameter(
            "block_kb", "Size of a block (kB)", [10, 50, 100, 250, 500, 1_000, 2_000], Changes.BlockKilobytes)
            { Min = 0.001, Max = 2_000_000, IsLogarithmic = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Rises, "a block takes longer on each line that it passes"),
                new(Measures.Redundancy, Trend.Falls, UnderWay),
                new(Measures.CopiesOfBlocks, Trend.Rises,
                    "an answer that takes longer than those before it is asked for "
                    + "again elsewhere, until patience has grown"),
                new(Measures.Traffic, Trend.Rises, "each peer receives each block once at least"),
            ],
        },
        new("nat", "What do peers behind NAT cost the others?", new Parameter(
            "nat_share", "Peers behind NAT, in groups of 8 with a gateway (%)", [0, 0.1, 0.2, 0.4, 0.6, 0.8],
                Changes.NatShare)
            { Max = 0.88, IsShare = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Rises, "the way into a group and out of it leads over one gateway"),
                new(Measures.Redundancy, Trend.Open, "groups are small and know all of their own, the others are "
                    + "fewer"),
            ],
        },
        new("light", "How many light peers can a network carry?", new Parameter(
            "light_share", "Light peers, which keep headers only (%)", [0, 0.2, 0.4, 0.6, 0.8, 0.9], Changes.LightShare)
            { Max = 0.99, IsShare = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Rises, "light peers pass nothing on, and believe a header only when two peers "
                    + "tell it"),
                new(Measures.Redundancy, Trend.Open, "they get what others send, and send nothing"),
                new(Measures.Traffic, Trend.Falls, "a header is smaller than its block"),
            ],
        },
        new("malicious", "What do peers that make up the ids of their blocks do to the others?", new Parameter(
            "malicious_share", "Malicious peers (%)", [0, 0.05, 0.1, 0.2, 0.3, 0.4], Changes.MaliciousShare)
            { Max = 0.9, IsShare = true, SuitsPlanned = true })
        {
            Base = BaseNetworks.FewPeersManyBlocks,
            BaseNote = BaseNetworks.FewPeersNote + BaseNetworks.GossipNote,
            Drawn =
            [
                .. Spreading(Trend.Open, "malicious peers pass the blocks of others on until they are banned"),
                new(Measures.Redundancy, Trend.Open, "there are fewer ways for a copy, and false blocks to be told of"),
                new(Measures.FalseBlocks, Trend.Rises, "malicious peers make false blocks in place of honest ones"),
                new(Measures.Bans, Trend.Rises, "there are more to be banned"),
            ],
        },
        new("sybil", "How many names of one attacker do light peers and newcomers survive?", new Parameter(
            "sybil_share", "Sybils among all peers (%)", [0, 0.2, 0.4, 0.6, 0.8], SybilNetwork.WithShare)
            {
                Max = 0.95,
                IsShare = true,
                SuitsPlanned = true,
                NeedsPlanned = true,
                Suits = plan => plan.Peers.All(peer => peer.IsHonest),
            })
        {
            Base = SybilNetwork.Base,
            BaseNote = SybilNetwork.Note,
            Drawn =
            [
                new(Measures.FooledResidents, Trend.Open, "peers that joined later do not outvote the plan"),
                new(Measures.FooledNewcomers, Trend.Rises, "more of the three peers that they know are Sybils")
                {
                    Curves = [new("two of three contacts are Sybils", x => (3 * x * x) - (2 * x * x * x))],
                },
                new(Measures.LostNewcomers, Trend.Rises, "more of those whom they ask keep the blocks back"),
                new(Measures.Half, Trend.Rises, "more of those who announce a block do not hand it over"),
                new(Measures.Most, Trend.Rises, "for the same reason"),
                new(Measures.Bans, Trend.Open, "a Sybil delivers no false id, and honest peers neither"),
            ],
        },
        .. AttackExperiments.All,
        .. RelayExperiments.All,
        new("capacity", "How much must a peer be able to send?", new Parameter(
            "capacity", "Capacity of each peer (messages per second)", [4, 6, 8, 12, 16, 24, 48, 96], Changes.Capacity)
            { Min = 0.1, Max = 1_000_000, IsLogarithmic = true, SuitsPlanned = true })
        {
            Drawn =
            [
                .. Spreading(Trend.Falls, "less of what a peer has to send waits or is dropped from full queues"),
                new(Measures.Redundancy, Trend.Open, "what is not sent is not redundant either"),
            ],
        },
        new("churn", "What happens when peers come and go?", new Parameter(
            "churn_share", "Peers that come and go: 60 s up, 30 s away (%)", [0, 0.1, 0.2, 0.4, 0.6, 0.8],
                Changes.ChurnShare)
            { Max = 1, IsShare = true, SuitsPlanned = true })
        {
            Drawn =
            [
                .. Spreading(
                    Trend.Rises, "messages to peers that are away are lost, and peers that come back must catch up "
                        + "first",
                    new(Measures.Delivery, Trend.Falls, "a block is lost if its maker leaves before it told anybody")),
                new(Measures.Redundancy, Trend.Falls,
                    "peers that are away receive no copies, and peers that come back fetch each "
                    + "block once and announce only the last one"),
                new(Measures.Traffic, Trend.Rises, "whole chains are fetched again"),
            ],
        },
    ];

    public static Experiment? Find(string name) =>
        All.FirstOrDefault(experiment => string.Equals(experiment.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Propagation, forks and delivery: what is slow is late, and what is late is stale.</summary>
    /// <param name="delivery">What is expected in the end; null: nothing.</param>
    private static IEnumerable<Expectation> Spreading(Trend slower, string why, Expectation? delivery = null)
    {
        var opposite = slower switch { Trend.Rises => Trend.Falls, Trend.Falls => Trend.Rises, _ => Trend.Open };
        return
        [
            new(Measures.Half, slower, why),
            new(Measures.Most, slower, why),
            new(Measures.Stale, slower, "forks come of blocks that are made while the last one is not known "
                + "everywhere"),
            new(Measures.InTime, opposite, "the slower the spreading, the more often a block is too late"),
            delivery ?? new(Measures.Delivery, Trend.Open, "the exchange of headers repairs what gossip leaves out, "
                + "if it has the time"),
        ];
    }
}
