namespace Blockchain.Experiments.Fidelity;

/// <summary>What is compared: how blocks spread and what was counted, both within one span of time.</summary>
internal sealed record NetworkFigures(BlockTimes Blocks, PeerCounts Counts)
{
    public long Drops => Counts.Dropped.Values.Sum();
}
