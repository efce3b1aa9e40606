namespace Blockchain.Network.Scenarios;

/// <summary>Whether the peers have the same after the run.</summary>
public abstract class AgreementScenarios(NetworkRun run)
{
    [Fact]
    public async Task Chains_GenerationStopped_AreEqualOnAllHonestPeersWithinFifteenSeconds()
    {
        var output = TestContext.Current.TestOutputHelper!;
        if (run.SettledAfter is null)
            Assert.Fail($"Chains differ after {NetworkRun.SettlingTime.TotalSeconds} s:\n{await run.Network.DescribeAsync()}");
        output.WriteLine($"settled after {run.SettledAfter.Value.TotalSeconds:0.0} s");

        var first = run.Honest[0];
        Assert.All(run.Honest, record => Assert.Equal(first.Chain, record.Chain));
        Assert.NotEmpty(first.Chain);
    }

    [Fact]
    public async Task HonestBlocks_AfterTheRun_AreOnEveryHonestPeer()
    {
        var blocks = run.HonestBlocks;
        Assert.True(blocks.Count >= run.FewestBlocks, $"only {blocks.Count} blocks were made");
        var missing = run.Honest.SelectMany(
            record =>
            {
                var has = record.Arrivals.Select(arrival => arrival.BlockId).ToHashSet();
                return blocks.Where(block => !has.Contains(block.BlockId))
                    .Select(block => $"  {record.Id} lacks {block.BlockId[..8]} of {block.Sender} at height {block.Height}");
            }).ToArray();
        var deliveries = run.Honest.Count * blocks.Count;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{deliveries - missing.Length} of {deliveries} deliveries of {blocks.Count} blocks");
        if (missing.Length > 0)
            Assert.Fail($"{string.Join('\n', missing)}\n{await run.Network.DescribeAsync()}");
    }
}
