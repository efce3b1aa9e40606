using Blockchain.Shared.Chain;
using Blockchain.Shared.Tests.Chain;
using Blockchain.Shared.Wire;
using CsCheck;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Spreading;

public sealed class HeaderSyncTests
{
    private const int NoLimit = 1_000;

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(10, new[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(11, new[] { 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(40, new[] { 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 29, 25, 17, 1 })]
    [InlineData(41, new[] { 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 30, 26, 18, 2, 1 })]
    public void Locator_ChainOfLength_TenStepsThenDoublingGapsThenFirst(int length, int[] heights)
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 0 });
        var branch = Branch(1, null, length);
        chain.AddAll(branch);

        Assert.Equal(heights.Select(height => branch[height - 1].Id), chain.Locator());
    }

    [Fact]
    public void Locator_FromSideBranch_FollowsItIntoTheChain()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 0 });
        var main = Branch(1, null, 30);
        var side = Branch(100, main[19], 5);
        chain.AddAll([.. main, .. side]);

        Assert.Equal(
            [.. side.Reverse().Ids(), main[19].Id, main[18].Id, main[17].Id, main[16].Id, main[15].Id,
                main[13].Id, main[9].Id, main[1].Id, main[0].Id],
            chain.Locator(chain.TryGet(side[4].Id, out var node) ? node : null!));
    }

    [Fact]
    public void HeadersAfter_EmptyOrForeignLocator_StartsAtTheFirstBlock()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 0 });
        var main = Branch(1, null, 5);
        chain.AddAll(main);

        Assert.Equal(main[..3].Ids(), Ids(chain.HeadersAfter([], 3, 0)));
        Assert.Equal(main.Ids(), Ids(chain.HeadersAfter([Id(77)], NoLimit, 0)));
        Assert.Empty(chain.HeadersAfter(chain.Locator(), NoLimit, NoLimit));
        Assert.Empty(chain.HeadersAfter([], 0, NoLimit));
        Assert.Empty(new BlockTree(new LedgerLimits { Orphans = 0 }).HeadersAfter([Id(77)], NoLimit, NoLimit));
    }

    [Theory]
    [InlineData(0, new[] { 4, 5, 50, 51 })]
    [InlineData(1, new[] { 4, 5, 30, 50, 51 })]
    [InlineData(2, new[] { 4, 5, 20, 30, 50, 51 })]
    [InlineData(9, new[] { 4, 5, 20, 30, 50, 51 })]
    public void HeadersAfter_SideBranches_FollowTheChainFromTheDepthAsked(int depth, int[] ranks)
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 0 });
        var main = Branch(1, null, 5);
        var above = Branch(50, main[2], 2);
        chain.AddAll([.. main, Block(20, main[0]), Block(30, main[1]), .. above]);

        Assert.Equal(ranks.Select(RankedId), Ids(chain.HeadersAfter([main[2].Id], NoLimit, depth)));
        Assert.Equal(ranks.Select(RankedId).Take(3), Ids(chain.HeadersAfter([main[2].Id], 3, depth)));
        // A tip off the chain counts from where its branch forks.
        Assert.Equal(ranks.Select(RankedId), Ids(chain.HeadersAfter([Id(77), above[1].Id], NoLimit, depth)));
    }

    [Fact]
    public void FirstUnknown_Locator_NamesTheNewestIdThatIsMissing()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 10 });
        var branch = Branch(1, null, 6);
        chain.AddAll(branch[0], branch[1], branch[4]);
        Hash256[] locator = [.. branch.Reverse().Ids()];

        Assert.Equal(branch[5].Id, chain.FirstUnknown(locator));
        Assert.Equal(branch[3].Id, chain.FirstUnknown(locator[1..]));
        Assert.Null(chain.FirstUnknown([branch[1].Id, Id(77)]));
        Assert.Null(chain.FirstUnknown([]));
    }

    [Fact]
    public void Locator_FromLastHeaderReceived_GetsALongBranchInPieces()
    {
        var limits = new LedgerLimits { Orphans = 0 };
        var (asker, answerer) = (new BlockTree(limits), new BlockTree(limits));
        var main = Branch(1, null, 30);
        asker.AddAll(main);
        var branch = Branch(100, main[3], 50);
        answerer.AddAll([.. main[..4], .. branch]);

        var headers = answerer.HeadersAfter(asker.Locator(), 7, 0);
        while (headers.Count > 0)
        {
            // Not from where they fork exactly: the locator has gaps, so that some are known already.
            Assert.All(headers, header => Assert.True(asker.Add(Now, header, null).Status < AddStatus.Orphaned));
            Assert.True(asker.TryGet(headers[^1].Id, out var last));
            headers = answerer.HeadersAfter(asker.Locator(last), 7, 0);
        }

        Assert.Equal(answerer.Nodes.Ids(), asker.Nodes.Ids());
    }

    [Fact]
    public void Sync_TwoPeersWithPartsOfATree_EndWithTheSameTree() =>
        Gen.Select(RandomTree.Any, Gen.Int[0, 3].Array[40]).Sample((tree, shares) =>
        {
            var world = tree.Blocks.ToDictionary(block => block.Id);
            var limits = new LedgerLimits { Orphans = 100 };
            var (one, other) = (new BlockTree(limits), new BlockTree(limits));
            foreach (var block in tree.Delivery)
            {
                // 0: neither has it.
                var share = shares[Array.IndexOf(tree.Blocks, block)];
                _ = (share & 1) == 0 ? default : one.Add(block);
                _ = (share & 2) == 0 ? default : other.Add(block);
            }

            // At worst each has every other block of one branch, and each exchange connects one of them.
            for (var round = 0; round < tree.Blocks.Length; round++)
            {
                Sync(one, other, world);
                Sync(other, one, world);
            }

            Assert.Equal(one.Nodes.Ids(), other.Nodes.Ids());
            Assert.All(tree.Blocks, block => Assert.Equal(one.Contains(block.Id), other.Contains(block.Id)));
        }, iter: 500);

    private static void Sync(BlockTree asker, BlockTree answerer, Dictionary<Hash256, Block> world)
    {
        foreach (var header in answerer.HeadersAfter(asker.Locator(), NoLimit, NoLimit))
        {
            asker.Add(world[header.Id]);
        }
    }

    private static IEnumerable<Hash256> Ids(IEnumerable<BlockHeader> headers) => headers.Select(header => header.Id);
}
