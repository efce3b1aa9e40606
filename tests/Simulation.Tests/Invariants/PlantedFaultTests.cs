using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Invariants;

namespace Blockchain.Simulation.Tests.Invariants;

/// <summary>Each invariant notices what it is there for.</summary>
public class PlantedFaultTests
{
    [Fact]
    public void SameBlocksSameChain_TwoTipsOverWhatSeemsTheSameBlocks_Fires()
    {
        var run = Run();
        run.Peers[0].Core.TryMakeBlock(run.Now, out _);
        run.Peers[1].Core.TryMakeBlock(run.Now, out _);
        run.Check(atEnd: false);

        run.Peers[1].TreeDigest = run.Peers[0].TreeDigest;

        AssertFires("same-blocks-same-chain", run, () => run.Check(atEnd: false));
    }

    [Fact]
    public void NoHonestPeerBanned_FalseBlocksInItsName_Fires()
    {
        var run = Run();
        var (victim, blamed) = (run.Peers[0], run.Peers[1]);

        AssertFires("no-honest-peer-banned", run, () =>
        {
            for (var i = 0; i < 4; i++)
            {
                var forged = BlockFactory.CreateForged(
                    blamed.Id, i, Hash256.Genesis, [], new SeededRandom((ulong)i).NextHash());
                victim.Core.Receive(run.Now, blamed.Id, forged);
            }
        });
    }

    [Fact]
    public void NatHolds_NatedPeerThatTakesAnotherForItsGateway_Fires()
    {
        var run = Run();
        var plan = run.Peers[0].Plan;
        var nated = plan.Info with { Id = new PeerId("nated"), Ip = "10.9.9.9", Nat = true, NetworkId = 9 };
        run.Join(plan with { Info = nated }, [run.Peers[1].Plan.Info with { NetworkId = 9 }]);

        AssertFires("nat-holds", run, () => run.RunFor(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void NoTransactionTwice_PoolHasOneOfTheChain_Fires()
    {
        var run = Run();
        var peer = run.Peers[0];
        Assert.True(peer.Core.TryMakeTransaction(run.Now, run.Peers[1].Id, 5, out var transaction));
        peer.Core.TryMakeBlock(run.Now, out _);
        run.Check(atEnd: false);

        peer.Core.Ledger.Pool.Add(transaction);

        AssertFires("no-transaction-twice", run, () => run.Check(atEnd: false));
    }

    [Fact]
    public void IdsVerify_BlockThatIsSaidToBeValid_Fires()
    {
        var run = Run();
        var falseId = new SeededRandom(1).NextHash();
        var block = BlockFactory.CreateForged(run.Peers[1].Id, 1, Hash256.Genesis, [], falseId);
        var forged = block with { HasValidId = true };

        AssertFires("ids-verify", run, () => run.Peers[0].Core.Receive(run.Now, run.Peers[1].Id, forged));
    }

    [Fact]
    public void QueuesWithinLimits_MoreWaitThanMay_Fires()
    {
        var run = Run(GeneratedNetwork.QuietPeers with { QueueLimit = 2 });
        var other = run.Peers[0].Core.Table.All[0];
        var ping = new Ping(run.Peers[0].Id, 1, default);
        for (var i = 0; i < 3; i++)
        {
            run.Check(atEnd: false);
            other.Queue.Enqueue(MessagePriority.High, new Transmission(other, ping));
        }

        AssertFires("queues-within-limits", run, () => run.Check(atEnd: false));
    }

    [Fact]
    public void EveryBlockEverywhere_PeerThatSleptMeanwhile_Fires()
    {
        var run = Run();
        run.Peers[3].Apply(new SetPaused(true));
        run.Peers[0].Apply(new Mine());
        run.RunFor(TimeSpan.FromMinutes(5));
        run.Check(atEnd: true);

        run.Peers[3].Apply(new SetPaused(false));

        AssertFires("every-block-everywhere", run, () => run.Check(atEnd: true));
    }

    [Fact]
    public void Run_InvariantBroken_EndsWithItsNameAndTheSeed()
    {
        var run = Run();
        run.Peers[3].Apply(new SetPaused(true));
        var violation = AssertFires(
            "every-block-everywhere", run, () =>
            {
                run.RunUntil(() => run.IsSettling, TimeSpan.FromHours(1));
                run.RunFor(TimeSpan.FromMinutes(9));
                run.Peers[3].Apply(new SetPaused(false));
                run.Run(cancellation: TestContext.Current.CancellationToken);
            });
        Assert.Contains("seed 11", violation.Message, StringComparison.Ordinal);
    }

    private static InvariantViolationException AssertFires(string name, SimulationRun run, Action action)
    {
        var violation = Assert.Throws<InvariantViolationException>(action);
        Assert.Equal((name, 11UL), (violation.Invariant, violation.Seed));
        Assert.Equal(run.Elapsed, violation.At);
        return violation;
    }

    private static SimulationRun Run(PeerSettings? settings = null)
    {
        var run = new SimulationRun(new SimulationConfig
        {
            Network = new GeneratedNetwork
            {
                Shape = NetworkShape.Regular,
                Peers = 8,
                Degree = 3,
                Settings = settings ?? GeneratedNetwork.QuietPeers,
            },
            Seed = 11,
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(15), Arrivals = Arrivals.Periodic },
            Stop = new StopCondition { Blocks = 2, Settle = TimeSpan.FromMinutes(10) },
        });
        run.RunFor(TimeSpan.FromMinutes(5));
        return run;
    }
}
