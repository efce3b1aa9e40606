using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Chain;

/// <summary>Random trees, delivered in random order, against <see cref="ChainModel"/>.</summary>
public sealed class ChainPropertyTests
{
    private const int Orphans = 1_000;
    private const int Iterations = 500;

    [Fact]
    public void Chain_AnyTreeInAnyOrder_IsThatOfTheModelAfterEachStep() =>
        RandomTree.Any.Sample(tree =>
        {
            var chain = new BlockTree(new LedgerLimits { Orphans = Orphans });
            var model = new ChainModel();
            foreach (var block in tree.Delivery)
            {
                var before = (model.Valid, model.Rejected, model.Orphans, model.Chain);
                model.Add(block);
                var result = chain.Add(block);
                CheckStatus(block, before.Valid, before.Rejected, before.Orphans, model, result);
                CheckChange([.. before.Chain.Ids()], [.. model.Chain.Ids()], result);
                CheckState(chain, model, tree);
            }
        }, iter: Iterations);

    [Fact]
    public void Chain_SameBlocksInTwoOrders_IsTheSame() =>
        RandomTree.Any.Sample(tree =>
        {
            var one = new BlockTree(new LedgerLimits { Orphans = Orphans });
            var other = new BlockTree(new LedgerLimits { Orphans = Orphans });
            one.AddAll(tree.Blocks);
            other.AddAll(tree.Delivery);

            Assert.Equal(one.Nodes.Ids(), other.Nodes.Ids());
            Assert.Equal(one.Count, other.Count);
            Assert.All(tree.Blocks, block => Assert.Equal(one.IsRejected(block.Id), other.IsRejected(block.Id)));
        }, iter: Iterations);

    [Fact]
    public void Chain_FewOrphansAllowed_BoundHoldsAndRedeliveryHeals() =>
        Gen.Select(RandomTree.Any, Gen.Int[0, 5]).Sample((tree, limit) =>
        {
            var chain = new BlockTree(new LedgerLimits { Orphans = limit });
            var model = new ChainModel();
            foreach (var block in tree.Delivery)
            {
                var orphans = chain.Orphans.ToArray();
                var result = chain.Add(block);
                Assert.InRange(chain.Orphans.Count, 0, limit);
                if (result.Evicted is [var evicted])
                {
                    Assert.Equal(limit == 0 ? block.Id : orphans[0].Header.Id, evicted.Header.Id);
                }
            }

            foreach (var block in tree.Blocks)
            {
                model.Add(block);
                chain.Add(block);
            }

            CheckState(chain, model, tree);
        }, iter: Iterations);

    private static void CheckStatus(
        Block block,
        HashSet<Hash256> valid,
        HashSet<Hash256> rejected,
        HashSet<Hash256> orphans,
        ChainModel model,
        AddResult result)
    {
        var expected = valid.Contains(block.Id) || orphans.Contains(block.Id) ? AddStatus.Duplicate
            : model.Valid.Contains(block.Id) ? AddStatus.Accepted
            : model.Orphans.Contains(block.Id) ? AddStatus.Orphaned : AddStatus.Rejected;
        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == AddStatus.Rejected, result.Reason != RejectReason.None);

        Assert.Equal(model.Valid.Except(valid).Order(), result.Attached.Ids().Order());
        Assert.Equal(model.Rejected.Except(rejected).Order(), result.Rejected.Select(b => b.Header.Id).Order());
        Assert.Empty(result.Evicted);
        var known = new HashSet<Hash256>(valid) { Hash256.Genesis };
        Assert.All(result.Attached, node => Assert.True(known.Contains(node.Header.PreviousId) && known.Add(node.Id)));
    }

    private static void CheckChange(Hash256[] before, Hash256[] after, AddResult result)
    {
        var common = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Equal(!before.SequenceEqual(after), result.TipChanged);
        if (common == before.Length)
        {
            Assert.Null(result.Reorganisation);
            return;
        }

        var change = Assert.IsType<Reorganisation>(result.Reorganisation);
        Assert.Equal(before[common..].Reverse(), change.Left.Ids());
        Assert.Equal(after[common..], change.Joined.Ids());
        Assert.Equal(common == 0 ? null : before[common - 1], change.Fork?.Id);
    }

    private static void CheckState(BlockTree chain, ChainModel model, RandomTree tree)
    {
        Assert.Equal(model.Chain.Ids(), chain.Nodes.Ids());
        Assert.Equal(model.Chain.Count, chain.Height);
        Assert.Equal(model.Valid.Count, chain.Count);
        Assert.Equal(model.Orphans.Order(), chain.Orphans.Select(orphan => orphan.Header.Id).Order());
        for (var height = 1; height <= chain.Height; height++)
        {
            var node = chain.AtHeight(height)!;
            Assert.Equal(height, node.Height);
            Assert.Same(chain.AtHeight(height - 1), node.Parent);
        }

        foreach (var block in tree.Blocks)
        {
            Assert.Equal(model.Valid.Contains(block.Id), chain.Contains(block.Id));
            Assert.Equal(model.Rejected.Contains(block.Id), chain.IsRejected(block.Id));
            Assert.Equal(model.Chain.Contains(block), chain.IsOnChain(block.Id));
        }

        var transactions = model.ChainTransactions.ToHashSet();
        Assert.All(
            tree.Blocks.SelectMany(block => block.TransactionIds),
            id => Assert.Equal(transactions.Contains(id), chain.ContainsTransaction(id)));
    }
}
