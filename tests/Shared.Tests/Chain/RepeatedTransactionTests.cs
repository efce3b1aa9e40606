using Blockchain.Shared.Chain;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class RepeatedTransactionTests
{
    private readonly BlockTree _chain = new(new LedgerLimits { Orphans = 10 });

    [Fact]
    public void Add_TransactionOfAncestor_IsRejected()
    {
        var a = Block(1, null, Id(1));
        var b = Block(2, a, Id(2));
        var bad = Block(3, b, Id(3), Id(1));
        _chain.AddAll(a, b);

        var result = _chain.Add(bad);

        Assert.Equal(AddStatus.Rejected, result.Status);
        Assert.Equal(RejectReason.RepeatedTransaction, result.Reason);
        var why = $"tx {Id(1).Prefix} stands already in block 1 of this branch";
        Assert.Equal([new RejectedBlock(bad.Header, RejectReason.RepeatedTransaction, why)], result.Rejected);
        Assert.Equal(why, result.Why);
        Assert.Empty(result.Attached);
        Assert.False(result.TipChanged);
        Assert.True(_chain.IsRejected(bad.Id));
        Assert.False(_chain.Contains(bad.Id));
        Assert.False(_chain.ContainsTransaction(Id(3)));
    }

    [Fact]
    public void Add_TransactionTwiceInOneBlock_IsRejected()
    {
        var root = Block(1, null);

        Assert.Equal(AddStatus.Rejected, _chain.Add(Block(9, null, Id(1), Id(1))).Status);
        _chain.AddAll(root, Block(2, root));
        Assert.Equal(AddStatus.Rejected, _chain.Add(Block(8, root, Id(1), Id(2), Id(1))).Status);
        Assert.Equal(AddStatus.Accepted, _chain.Add(Block(7, root, Id(1), Id(2))).Status);
    }

    [Fact]
    public void Add_TransactionOfOtherBranch_IsAccepted()
    {
        var root = Block(1, null, Id(1));
        var left = Block(2, root, Id(2));
        var right = Block(3, root, Id(2));

        Assert.Equal([AddStatus.Accepted, AddStatus.Accepted, AddStatus.Accepted], _chain.AddAll(root, left, right));
    }

    [Theory]
    [InlineData(1, false)] // at the fork
    [InlineData(2, true)] // on the main chain above the fork
    [InlineData(3, false)] // on the side branch
    [InlineData(4, true)] // nowhere
    public void Add_ToSideBranch_ChecksItsOwnAncestorsOnly(int transaction, bool accepted)
    {
        var root = Block(1, null, Id(1));
        var main = Block(2, root, Id(2));
        var tip = Block(3, main);
        var side = Block(4, root, Id(3));
        _chain.AddAll(root, main, tip, side);

        var result = _chain.Add(Block(5, side, Id(transaction)));

        Assert.Equal(accepted ? AddStatus.Accepted : AddStatus.Rejected, result.Status);
    }

    [Fact]
    public void Add_AfterRejectionOnSideBranch_JudgesTheNextByItselfAlone()
    {
        var main = Branch(10, null, 4);
        var side = Block(1, main[0], Id(1));
        _chain.AddAll([.. main, side]);

        Assert.Equal(AddStatus.Rejected, _chain.Add(Block(2, side, Id(2), Id(1))).Status);
        Assert.Equal(AddStatus.Accepted, _chain.Add(Block(3, side, Id(2))).Status);
    }

    [Fact]
    public void Add_BranchReturns_ItsTransactionsAreIndexedAgain()
    {
        var root = Block(1, null);
        var left = Block(10, root, Id(1));
        var right = Branch(20, root, 2);
        _chain.AddAll(root, left, right[0], right[1]);
        Assert.False(_chain.ContainsTransaction(Id(1)));

        var longer = Branch(30, left, 2);
        _chain.AddAll(longer);

        Assert.True(_chain.ContainsTransaction(Id(1)));
        Assert.Equal(AddStatus.Rejected, _chain.Add(Block(40, longer[1], Id(1))).Status);
    }

    [Fact]
    public void Add_DescendantsOfRejected_AreRejectedBeforeAndAfter()
    {
        var a = Block(1, null, Id(1));
        var bad = Block(2, a, Id(1));
        var waiting = Branch(3, bad, 2);
        var late = Block(9, waiting[1]);
        _chain.AddAll([a, .. waiting]);

        var result = _chain.Add(bad);

        Assert.Equal(RejectReason.RepeatedTransaction, result.Reason);
        Assert.Equal([bad.Id, .. waiting.Ids()], result.Rejected.Select(block => block.Header.Id));
        Assert.Empty(_chain.Orphans);
        Assert.Equal(RejectReason.RejectedAncestor, _chain.Add(late).Reason);
        Assert.Empty(_chain.Add(bad).Rejected);
        Assert.Equal(RejectReason.RepeatedTransaction, _chain.Add(bad).Reason);
        Assert.Equal(RejectReason.RejectedAncestor, _chain.Add(waiting[0]).Reason);
    }

    [Fact]
    public void Add_OrphanThatRepeats_IsRejectedWithItsDescendantsWhenItsParentComes()
    {
        var a = Block(1, null, Id(1));
        var bad = Block(2, a, Id(1));
        var below = Block(3, bad);
        var good = Block(4, a, Id(2));
        _chain.AddAll(bad, below, good);

        var result = _chain.Add(a);

        Assert.Equal(AddStatus.Accepted, result.Status);
        Assert.Equal([a.Id, good.Id], result.Attached.Ids());
        Assert.Equal(
            [
                new RejectedBlock(
                    bad.Header, RejectReason.RepeatedTransaction,
                    $"tx {Id(1).Prefix} stands already in block 1 of this branch"),
                new RejectedBlock(
                    below.Header, RejectReason.RejectedAncestor, $"its parent {bad.Id.Prefix} was refused"),
            ],
            result.Rejected);
    }

    [Fact]
    public void Add_MoreRejectedThanRemembered_AreJudgedAgainWithTheSameResult()
    {
        var root = Block(1, null, Id(1));
        _chain.Add(root);
        var bad = Enumerable.Range(0, 10_001).Select(i => Block(Id(1_000 + i), root.Id, Id(1))).ToArray();
        _chain.AddAll(bad);
        Assert.False(_chain.IsRejected(bad[0].Id));
        Assert.True(_chain.IsRejected(bad[1].Id));

        var child = Block(2, bad[0]);
        Assert.Equal(AddStatus.Orphaned, _chain.Add(child).Status);
        var result = _chain.Add(bad[0]);

        Assert.Equal(AddStatus.Rejected, result.Status);
        Assert.Equal([bad[0].Id, child.Id], result.Rejected.Select(block => block.Header.Id));
    }
}
