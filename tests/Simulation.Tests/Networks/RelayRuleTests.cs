using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Whole networks whose peers have different relay rules, or one that is not the usual.</summary>
public class RelayRuleTests(ITestOutputHelper output)
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(300, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Network_OfAllRulesWithLoss_ConvergesOnceQuiet(ulong seed)
    {
        var network = new RecordedRun(MixedPlan(new SeededRandom(seed)), seed);
        network.Run.RunFor(TimeSpan.FromMinutes(2));
        network.Run.StopGeneration();

        Assert.True(network.Run.RunUntil(() => network.HasConverged, TimeSpan.FromMinutes(1)), network.Describe());
        Assert.True(network.HonestBlocks().Count() > 20, network.Describe());
        network.Run.Check(atEnd: true);
    }

    /// <summary>A fan-out of 1 and a single round: announcing dies out, and the other two do not look at it.</summary>
    [Theory]
    [InlineData("announce", false)]
    [InlineData("push", true)]
    [InlineData("flood", true)]
    [InlineData("compact", true)]
    [InlineData("push-pull", true)]
    [InlineData("mesh", true)]
    [InlineData("dandelion", false)]
    [InlineData("reconcile", false)]
    public void Rule_WithoutLossAndHeaderExchange_ReachesEverybodyByItself(string relay, bool reachesAll)
    {
        var result = Generated(relay, settings => settings with { Fanout = 1, GossipRounds = 1 });
        Assert.Equal(reachesAll, result.Delivery >= 1);
        Assert.Equal(reachesAll, IsPromised(relay));
        Assert.Equal(reachesAll, result.Blocks.All(block => block.Reached == result.Peers));
    }

    /// <summary>
    /// A pushed block needs one way where an announced one needs three, so that it is sooner everywhere.
    /// </summary>
    [Fact]
    public void Push_ComparedWithFlood_IsFasterAndSendsMoreBlocks()
    {
        var push = Generated("push", settings => settings);
        var flood = Generated("flood", settings => settings);
        output.WriteLine($"push {push.HalfReached.P50:F3} s, flood {flood.HalfReached.P50:F3} s");
        Assert.True(push.HalfReached.P50 < 0.8 * flood.HalfReached.P50);
        Assert.True(Sent(push) > 1.2 * Sent(flood));
    }

    /// <summary>
    /// The same announcements, but a block is a short id for each transaction, and those are everywhere before it.
    /// </summary>
    [Fact]
    public void Compact_ComparedWithFlood_SendsAFractionOfTheBytesOfBlocks()
    {
        var (compact, flood) = (WithTransactions("compact"), WithTransactions("flood"));
        long[] bytes = [.. new[] { compact, flood }.Select(result => Bytes(
            result, MessageType.Block, MessageType.CompactBlock, MessageType.GetBlockTransactions,
            MessageType.BlockTransactions))];
        output.WriteLine($"compact {bytes[0]:N0}, flood {bytes[1]:N0}");
        Assert.True(compact.Delivery >= 1);
        Assert.True(bytes[0] < 0.35 * bytes[1]);
    }

    [Fact]
    public void Compact_InANetworkWithTheModelOfCompactBlocks_TurnsTheModelOff()
    {
        var network = new GeneratedNetwork
        {
            Shape = NetworkShape.SimBlock2019,
            Peers = 50,
            Settings = GeneratedNetwork.QuietPeers with { Relay = "compact" },
        };
        var result = new SimulationRun(Config(network.Settings) with { Network = network })
            .Run(cancellation: TestContext.Current.CancellationToken);
        Assert.True(Sent(result, MessageType.CompactBlock) > 300);
        Assert.True(Sent(result, MessageType.Block) < 50);
    }

    [Fact]
    public void Reconcile_ComparedWithAnnounce_SendsFarFewerCopiesOfATransaction_AndAllGetIt()
    {
        var (sketches, usual) = (WithTransactions("reconcile"), WithTransactions("announce"));
        double[] copies = [.. new[] { sketches, usual }.Select(Copies)];
        output.WriteLine($"reconcile {copies[0]:F2}, announce {copies[1]:F2}");
        Assert.InRange(copies[0], 1, 2);
        Assert.True(copies[1] > 3);
        Assert.True(Sent(sketches, MessageType.Sketch) > 1_000);
        var taken = sketches.Messages.Single(message => message.Type == MessageType.Tx);
        Assert.True(taken.Received - taken.Redundant >= 0.99 * sketches.Transactions * 89);
    }

    /// <summary>A mesh is about six neighbours wide, and blocks go whole along it, without a question.</summary>
    [Fact]
    public void Mesh_ComparedWithFlood_IsFaster()
    {
        var (mesh, flood) = (WithTransactions("mesh"), WithTransactions("flood"));
        output.WriteLine($"mesh {mesh.HalfReached.P50:F3} s, flood {flood.HalfReached.P50:F3} s");
        Assert.True(mesh.Delivery >= 1);
        Assert.True(mesh.HalfReached.P50 < 0.8 * flood.HalfReached.P50);
    }

    /// <summary>Who listens to who sends a transaction first, hears the maker of it hardly ever.</summary>
    [Fact]
    public void Dandelion_TheFirstToSpreadATransaction_IsNotItsMaker()
    {
        var first = FirstToSpread("dandelion");
        var usual = FirstToSpread("announce");
        Assert.True(first.Count > 100);
        Assert.All(usual, one => Assert.Equal(one.Maker, one.First));
        Assert.True(first.Count(one => one.Maker == one.First) <= 0.02 * first.Count);
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("push-pull")]
    [InlineData("mesh")]
    [InlineData("dandelion")]
    [InlineData("reconcile")]
    public void Rule_SameSeed_HasTheSameResult(string relay)
    {
        var (one, other) = (WithTransactions(relay), WithTransactions(relay));
        Assert.Equal(one.Messages, other.Messages);
        Assert.Equal(one.HalfReached, other.HalfReached);
    }

    /// <summary>With loss, checks of every kind, and peers that exchange headers.</summary>
    [Theory]
    [InlineData("compact")]
    [InlineData("push-pull")]
    [InlineData("mesh")]
    [InlineData("dandelion")]
    [InlineData("reconcile")]
    public void Rule_WithLoss_BringsEveryBlockEverywhere(string relay)
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var settings = PeerSettings.Default with { Relay = relay, DropProbability = 0.15 };
            var infos = Enumerable.Range(0, 14).Select(i => new PeerInfo(
                new PeerId($"{5000 + i}"), $"127.28.0.{10 + i}", 5000 + i, i is > 1 and < 5, i == 8, i < 5 ? 1 : -1));
            var network = new RecordedRun(
                new NetworkPlan([.. infos.Select(info => new PeerPlan { Info = info, Settings = settings })]), seed);
            network.Run.RunFor(TimeSpan.FromMinutes(2));
            network.Run.StopGeneration();
            Assert.True(network.Run.RunUntil(() => network.HasConverged, TimeSpan.FromMinutes(1)), network.Describe());
            Assert.True(network.HonestBlocks().Count() > 20, network.Describe());
            network.Run.Check(atEnd: true);
        }
    }

    /// <summary>Whoever has a transaction is not sent it again: it is listed before it is sent.</summary>
    [Fact]
    public void PushPull_ComparedWithAnnounce_SendsFarFewerCopiesOfATransaction()
    {
        var (rounds, usual) = (WithTransactions("push-pull"), WithTransactions("announce"));
        double[] copies = [.. new[] { rounds, usual }.Select(Copies)];
        output.WriteLine($"push-pull {copies[0]:F2}, announce {copies[1]:F2}");
        Assert.True(rounds.Delivery >= 1);
        Assert.InRange(copies[0], 1, 2);
        Assert.True(copies[1] > 3);
    }

    [Fact]
    public void Config_UnknownRule_IsAProblemThatSaysWhatThereIs()
    {
        var config = Config(GeneratedNetwork.QuietPeers with { Relay = "floud", ForkChoice = "longest" });
        Assert.Equal(
            [
                $"There is no relay rule \"floud\"; there are {string.Join(", ", RelayRules.All.Names)}; "
                    + "did you mean \"flood\"?.",
                "There is no fork choice \"longest\"; there are lowest-id, first-seen.",
            ],
            ConfigRules.Problems(config));
    }

    [Fact]
    public void Config_WrittenAndRead_KeepsTheRule()
    {
        var config = Config(GeneratedNetwork.QuietPeers with { Relay = "push", ForkChoice = "first-seen" });
        var read = Assert.IsType<GeneratedNetwork>(SimulationJson.Read(SimulationJson.Write(config)).Network);
        Assert.Equal(("push", "first-seen"), (read.Settings.Relay, read.Settings.ForkChoice));
    }

    /// <summary>Whether the run checks that every block gets everywhere.</summary>
    private static bool IsPromised(string relay) =>
        new SimulationRun(Config(GeneratedNetwork.QuietPeers with { Relay = relay, Fanout = 1, GossipRounds = 1 }))
            .Invariants.Single(invariant => invariant.Name == "every-block-everywhere").WhyNotPromised is null;

    private static long Sent(SimulationResult result, MessageType type = MessageType.Block) =>
        result.Messages.SingleOrDefault(message => message.Type == type)?.Sent ?? 0;

    private static long Bytes(SimulationResult result, params MessageType[] types) =>
        result.Messages.Where(message => types.Contains(message.Type)).Sum(message => message.Bytes);

    private static List<(string Maker, string First)> FirstToSpread(string relay)
    {
        var first = new Dictionary<Hash256, (string Maker, string First)>();
        var config = Config(GeneratedNetwork.QuietPeers with { Relay = relay, Fanout = 4 });
        var run = new SimulationRun(
            config with
            {
                Stop = new StopCondition { Duration = TimeSpan.FromMinutes(5) },
                Workload = config.Workload with { TransactionInterval = TimeSpan.FromSeconds(1.2) },
            },
            peer => new FirstSenders(peer, first));
        run.Run(cancellation: TestContext.Current.CancellationToken);
        return [.. first.Values];
    }

    /// <summary>Of a transaction, that each peer receives.</summary>
    private static double Copies(SimulationResult result)
    {
        var counted = result.Messages.Single(message => message.Type == MessageType.Tx);
        return (double)counted.Received / (counted.Received - counted.Redundant);
    }

    /// <summary>Some fifty transactions in each block, sent to a few neighbours at a time.</summary>
    private static SimulationResult WithTransactions(string relay, Func<PeerSettings, PeerSettings>? change = null)
    {
        var settings = GeneratedNetwork.QuietPeers with { Relay = relay, Fanout = 4 };
        var config = Config(change?.Invoke(settings) ?? settings);
        return new SimulationRun(config with
        {
            Workload = config.Workload with { TransactionInterval = TimeSpan.FromSeconds(1.2) },
        }).Run(cancellation: TestContext.Current.CancellationToken);
    }

    private static SimulationResult Generated(string relay, Func<PeerSettings, PeerSettings> change) =>
        new SimulationRun(Config(change(GeneratedNetwork.QuietPeers with { Relay = relay })))
            .Run(cancellation: TestContext.Current.CancellationToken);

    private static SimulationConfig Config(PeerSettings settings) => new()
    {
        Network = new GeneratedNetwork
        {
            Shape = NetworkShape.Regular,
            Peers = 100,
            Degree = 8,
            LightShare = 0.1,
            Settings = settings,
        },
        Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(1) },
        Stop = new StopCondition { Blocks = 10 },
    };

    private static NetworkPlan MixedPlan(SeededRandom random)
    {
        var rules = RelayRules.All.Names;
        var settings = PeerSettings.Default with { DropProbability = 0.15 * random.NextDouble() };
        var peers = new List<PeerPlan>();
        for (var i = 0; i < 9 + random.Next(9); i++)
        {
            // Two gateways with some behind them, and others outside.
            var isNated = i is > 1 and < 5;
            peers.Add(new PeerPlan
            {
                Info = new PeerInfo(
                    new PeerId($"{5000 + i}"), $"127.28.0.{10 + i}", 5000 + i, isNated, Light: i == 8, i < 5
                        ? 1 : PeerInfo.NoNetwork),
                Settings = settings with { Relay = rules[i % rules.Count], Fanout = 1 + random.Next(4) },
            });
        }

        return new NetworkPlan(peers);
    }

    private sealed class FirstSenders(SimulatedPeer peer, Dictionary<Hash256, (string Maker, string First)> first)
        : ISimulatedPeerObserver
    {
        public void Sent(TimeSpan now, PeerId nextHop, Message message)
        {
            if (message is Transaction transaction)
            {
                first.TryAdd(transaction.Id, (transaction.From, peer.Id.Value));
            }
        }
    }
}
