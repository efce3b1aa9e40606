namespace Blockchain.Network.Scenarios;

/// <summary>Whether the peers have the same after the run.</summary>
public abstract class AgreementScenarios(NetworkRun run)
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Chains_GenerationStopped_AreEqualOnAllHonestPeers()
    {
        if (run.SettledAfter is null)
        {
            Assert.Fail($"Chains differ and nothing changes any more:\n{await run.Network.DescribeAsync()}");
        }

        var first = run.Honest[0];
        Assert.All(run.Honest, record => Assert.Equal(first.Chain, record.Chain));
        Assert.NotEmpty(first.Chain);
    }

    [Fact]
    public void Chains_GenerationStopped_SettleWithinFifteenSeconds()
    {
        var time = Assert.NotNull(run.SettledAfter);
        TimePromise.Check("all had one chain", time, SettlingTime, run.SettlingMachine);
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
                    .Select(block =>
                        $"  {record.Id} lacks {block.BlockId[..8]} of {block.Sender} at height {block.Height}");
            }).ToArray();
        var deliveries = run.Honest.Count * blocks.Count;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{deliveries - missing.Length} of {deliveries} deliveries of {blocks.Count} blocks");
        if (missing.Length > 0)
        {
            Assert.Fail($"{string.Join('\n', missing)}\n{await run.Network.DescribeAsync()}");
        }
    }
}
