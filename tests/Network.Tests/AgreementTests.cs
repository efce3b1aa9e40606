namespace Blockchain.Network.Tests;

/// <summary>Whether the peers have the same after the run.</summary>
[Collection(TwoMinuteRunGroup.Name)]
public sealed class AgreementTests(TwoMinuteRun run)
{
    // Six honest full peers, a block each per 20 s, for two minutes: 36 on average. A third of that is no accident.
    private const int FewestBlocks = 12;

    [Fact]
    public async Task Chains_GenerationStopped_AreEqualOnAllHonestPeersWithinFifteenSeconds()
    {
        var output = TestContext.Current.TestOutputHelper!;
        if (run.SettledAfter is null)
            Assert.Fail($"Chains differ after {TwoMinuteRun.SettlingTime.TotalSeconds} s:\n{await run.Network.DescribeAsync()}");
        output.WriteLine($"settled after {run.SettledAfter.Value.TotalSeconds:0.0} s");

        var first = run.Honest[0];
        Assert.All(run.Honest, record => Assert.Equal(first.Chain, record.Chain));
        Assert.NotEmpty(first.Chain);
    }

    [Fact]
    public async Task HonestBlocks_AfterTheRun_AreOnEveryHonestPeer()
    {
        var blocks = run.HonestBlocks;
        Assert.True(blocks.Count >= FewestBlocks, $"only {blocks.Count} blocks were made");
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
