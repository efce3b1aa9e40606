using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class ChainTests
{
    private readonly BlockTree _chain = new(new LedgerLimits { Orphans = 10 });

    [Fact]
    public void Chain_Empty_HasNothing()
    {
        Assert.Null(_chain.Tip);
        Assert.Equal(0, _chain.Height);
        Assert.Null(_chain.AtHeight(0));
        Assert.Null(_chain.AtHeight(1));
        Assert.Empty(_chain.Nodes);
        Assert.False(_chain.ContainsTransaction(Id(1)));
        Assert.False(_chain.TryGet(Id(1), out _));
    }

    [Fact]
    public void Add_ExtendsTip_IsAcceptedWithoutReorganisation()
    {
        var a = Block(1, null, Id(1));
        var b = Block(2, a, Id(2));
        _chain.Add(a);

        var result = _chain.Add(b);

        Assert.Equal(AddStatus.Accepted, result.Status);
        Assert.True(result.TipChanged);
        Assert.Null(result.Reorganisation);
        Assert.Empty(result.Evicted);
        Assert.Empty(result.Rejected);
        var node = Assert.Single(result.Attached);
        Assert.Same(b, node.Block);
        Assert.Same(_chain.AtHeight(1), node.Parent);
        Assert.Equal(2, node.Height);
        Assert.Equal(Now, node.AcceptedAt);
        Assert.Same(node, _chain.Tip);
        Assert.Equal([a.Id, b.Id], _chain.Nodes.Ids());
        Assert.True(_chain.ContainsTransaction(Id(1)));
        Assert.True(_chain.ContainsTransaction(Id(2)));
        Assert.False(_chain.ContainsTransaction(Id(3)));
    }

    [Fact]
    public void Add_KnownBlock_IsDuplicate()
    {
        var a = Block(1, null);
        var orphan = Block(3, Block(2, a));

        Assert.Equal(
            [AddStatus.Accepted, AddStatus.Duplicate, AddStatus.Orphaned, AddStatus.Duplicate],
            _chain.AddAll(a, a, orphan, orphan));
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    public void Add_BranchesOfEqualLength_LowestTipWins(int first, int second, int winner)
    {
        _chain.AddAll(Block(first, null), Block(second, null));

        Assert.Equal(RankedId(winner), _chain.Tip!.Id);
    }

    [Fact]
    public void Add_LongerBranch_WinsWhateverItsIds()
    {
        var low = Branch(1, null, 2);
        var high = Branch(100, null, 3);

        _chain.AddAll([.. low, .. high]);

        Assert.Equal(high.Ids(), _chain.Nodes.Ids());
        Assert.All(low, block => Assert.True(_chain.Contains(block.Id) && !_chain.IsOnChain(block.Id)));
        Assert.Equal(5, _chain.Count);
    }

    [Fact]
    public void Add_OtherBranchGetsLonger_ReportsBlocksLeftAndJoined()
    {
        var root = Block(1, null);
        var old = Branch(10, root, 2);
        var other = Branch(20, root, 3);
        _chain.AddAll([root, .. old, .. other[..2]]);

        var result = _chain.Add(other[2]);

        Assert.True(result.TipChanged);
        var change = Assert.IsType<Reorganisation>(result.Reorganisation);
        Assert.Equal(root.Id, change.Fork!.Id);
        Assert.Equal([old[1].Id, old[0].Id], change.Left.Ids());
        Assert.Equal(other.Ids(), change.Joined.Ids());
        Assert.Equal(2, change.Depth);
        Assert.Equal([root.Id, .. other.Ids()], _chain.Nodes.Ids());
    }

    [Fact]
    public void Add_OtherFirstBlock_ReorganisesWithoutFork()
    {
        _chain.Add(Block(2, null));

        var change = Assert.IsType<Reorganisation>(_chain.Add(Block(1, null)).Reorganisation);

        Assert.Null(change.Fork);
        Assert.Equal([RankedId(2)], change.Left.Ids());
        Assert.Equal([RankedId(1)], change.Joined.Ids());
    }

    [Fact]
    public void Add_SideBranchBlock_LeavesTheTip()
    {
        var main = Branch(1, null, 3);
        _chain.AddAll(main);

        var result = _chain.Add(Block(50, main[0]));

        Assert.Equal(AddStatus.Accepted, result.Status);
        Assert.False(result.TipChanged);
        Assert.Null(result.Reorganisation);
        Assert.Single(result.Attached);
        Assert.Equal(main.Ids(), _chain.Nodes.Ids());
    }

    [Fact]
    public void Add_HeadersOnly_FollowsTheSameForkChoice()
    {
        var main = Branch(10, null, 2);
        var rival = Block(1, main[0]);

        foreach (var block in (Block[])[main[1], main[0], rival])
        {
            _chain.Add(Now, block.Header, null);
        }

        Assert.Equal([main[0].Id, rival.Id], _chain.Nodes.Ids());
        Assert.All(_chain.Nodes, node => Assert.Null(node.Block));
    }

    [Fact]
    public void Add_PlainExtension_AllocatesNodeOnly()
    {
        var blocks = Branch(1, null, 2_000);
        _chain.AddAll(blocks[..1_100]);

        // Between two growths of the lists, which happen at powers of two and at primes of which none is near.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1_100; i < 1_110; i++)
        {
            _chain.Add(blocks[i]);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10, 1, 64);
    }
}
