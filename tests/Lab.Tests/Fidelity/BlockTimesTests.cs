using Blockchain.Experiments.Fidelity;
using Blockchain.NodeApi;

namespace Blockchain.Lab.Tests.Fidelity;

public sealed class BlockTimesTests
{
    private static readonly HashSet<string> Makers = ["a", "b"];

    [Fact]
    public void Of_TwoBlocksAtFourPeers_AreMediansOverTheBlocks()
    {
        // Half of four peers is the second one, nine tenths are all four.
        var times = BlockTimes.Of(
            [
                [Block("1", "a", 100, 100), Block("2", "b", 200, 201)],
                [Block("1", "a", 100, 101), Block("2", "b", 200, 200)],
                [Block("1", "a", 100, 102), Block("2", "b", 200, 204)],
                [Block("1", "a", 100, 103), Block("2", "b", 200, 206)],
            ],
            Makers,
            from: 100,
            to: 300);
        Assert.Equal(new BlockTimes(2, Half: 1, Most: 3, DelayP50: 2, DelayP90: 6), times);
    }

    [Fact]
    public void Of_BlocksOfOthersAndOfOtherTimes_DoNotCount()
    {
        var times = BlockTimes.Of(
            [
                [Block("before", "a", 99, 100), Block("1", "a", 100, 100), Block(
                    "false", "evil", 150, 151), Block("after", "a", 300, 301)],
                [Block("1", "a", 100, 102)],
            ],
            Makers,
            from: 100,
            to: 300);
        Assert.Equal(new BlockTimes(1, Half: 0, Most: 2, DelayP50: 2, DelayP90: 2), times);
    }

    [Fact]
    public void Of_BlocksOfWhichMostNeverGetSoFar_IsNever()
    {
        var times = BlockTimes.Of(
            [
                [Block("1", "a", 100, 100), Block("2", "a", 110, 110), Block("3", "a", 120, 120)],
                [Block("1", "a", 100, 101), Block("2", "a", 110, 112)],
                [Block("1", "a", 100, 103)],
            ],
            Makers,
            from: 100,
            to: 300);
        Assert.Equal(new BlockTimes(3, Half: 2, Most: double.PositiveInfinity, DelayP50: 2, DelayP90: 3), times);
    }

    [Fact]
    public void Of_NoBlock_IsNoTime() => Assert.True(double.IsNaN(BlockTimes.Of([[]], Makers, 0, 1).Half));

    private static Arrival Block(string id, string maker, double made, double accepted) =>
        new(id, maker, made, accepted, Height: 1, OnChain: true);
}
