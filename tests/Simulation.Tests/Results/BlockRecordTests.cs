using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Simulation.Results;
using Blockchain.Simulation.Tests.Networks;

namespace Blockchain.Simulation.Tests.Results;

/// <summary>Whom a block is meant for, and what "never" does to the figures over all blocks.</summary>
public class BlockRecordTests
{
    [Fact]
    public void MeantFor_AtItsMaking_AreTheHonestPeersThatRun()
    {
        var run = ShippedRun();
        run.RunFor(TimeSpan.FromMinutes(1));
        SimulationRun.Crash(run["5010"]);
        run.Apply(new Behave(run.Elapsed, PeerChoice.Of("5009"), Behaviours.FalseIds));
        var before = run.Blocks.Blocks.Count;
        var wanted = run.Honest.Count();
        run.RunFor(TimeSpan.FromMinutes(1));
        run.Restart(run["5010"]);
        run.StopGeneration();
        run.RunFor(TimeSpan.FromMinutes(1));

        var blocks = run.Result().Blocks.Skip(before).ToArray();
        Assert.NotEmpty(blocks);
        Assert.True(wanted < run.Peers.Count - 1);
        Assert.All(blocks, block => Assert.Equal(wanted, block.MeantFor));

        // Each reached more than those: what is malicious or late has it too, and makes it no later.
        Assert.All(blocks, block => Assert.True(block.Reached > block.MeantFor, block.ToString()));
        Assert.All(blocks, block => Assert.NotNull(block.All));
        Assert.All(blocks, block => Assert.True(block.Half <= block.Most && block.Most <= block.All));
    }

    [Fact]
    public void Result_PeersThatGoAwayWithoutABlock_MakeItNever()
    {
        var run = ShippedRun();
        run.RunFor(TimeSpan.FromSeconds(40));
        var others = run.Honest.Where(peer => peer.Id.Value != "5000").ToArray();
        var record = new BlockRecord(run.Blocks.Blocks[0].Block, run["5000"], run.Elapsed, height: 1, run.Peers);
        record.Arrived(run["5000"].Index, run.Elapsed);
        foreach (var peer in others[1..])
        {
            record.Arrived(peer.Index, run.Elapsed + TimeSpan.FromSeconds(2));
        }

        record.Arrived(run.Peers.First(peer => !peer.IsHonest).Index, run.Elapsed + TimeSpan.FromSeconds(3));
        Assert.Equal(others.Length + 1, record.MeantFor);
        Assert.Equal(others.Length + 1, record.Reached);
        Assert.Equal(2, record.UntilShare(0.5));
        Assert.Null(record.UntilShare(1));
        Assert.Equal(0, ResultOf.ShareWithin([record], TimeSpan.FromSeconds(1)));
        Assert.Equal(
            (double)(others.Length - 1) / others.Length, ResultOf.ShareWithin([record], TimeSpan.FromSeconds(2)));
        Assert.Null(ResultOf.ShareWithin([], TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Percentiles_WhereMostNeverCame_AreNever()
    {
        var times = PercentilesOf.Sample([3, 1, 2], all: 10);

        Assert.Equal(new Percentiles(10, null, 1, null, null, null, null), times);
        Assert.Equal(new Percentiles(3, 2, 1, 2, 3, 3, 3), PercentilesOf.Sample([3, 1, 2]));
        Assert.Equal(Percentiles.None, PercentilesOf.Sample([]));
    }

    private static SimulationRun ShippedRun() => new(new SimulationConfig
    {
        Network = new PlannedNetwork(Shipped.Plan()),
        Stop = new StopCondition { Duration = TimeSpan.FromMinutes(10) },
    });
}
