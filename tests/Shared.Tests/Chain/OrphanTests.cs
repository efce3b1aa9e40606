using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class OrphanTests
{
    private const int Long = 100_000;

    [Fact]
    public void Add_ParentMissing_WaitsAndNamesWhatIsMissing()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 10 });
        var branch = Branch(1, null, 4);

        Assert.Equal(AddStatus.Orphaned, chain.Add(branch[3]).Status);
        Assert.Equal(branch[2].Id, chain.MissingAncestor(branch[3].Id));
        chain.AddAll(branch[1], branch[2]);

        Assert.Equal(branch[0].Id, chain.MissingAncestor(branch[3].Id));
        Assert.True(chain.IsOrphan(branch[3].Id));
        Assert.Equal(
            [branch[3].Id, branch[1].Id, branch[2].Id],
            chain.Orphans.Select(orphan => orphan.Header.Id));
    }

    [Fact]
    public void Add_MissingParentComes_AttachesAllThatWaited()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 10 });
        var branch = Branch(1, null, 4);
        var rival = Block(20, branch[1]);
        chain.AddAll(branch[3], rival, branch[2], branch[1]);

        var later = Now + TimeSpan.FromSeconds(1);
        var result = chain.Add(later, branch[0].Header, branch[0]);

        Assert.Equal([branch[0].Id, branch[1].Id, rival.Id, branch[2].Id, branch[3].Id], result.Attached.Ids());
        Assert.All(result.Attached, node => Assert.Equal(later, node.AcceptedAt));
        Assert.True(result.TipChanged);
        Assert.Null(result.Reorganisation);
        Assert.Equal(branch.Ids(), chain.Nodes.Ids());
        Assert.Empty(chain.Orphans);
    }

    [Fact]
    public void Add_MoreThanTheLimit_OldestGoes()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 2 });
        var missing = Block(1, null);
        var orphans = Enumerable.Range(2, 3).Select(rank => Block(rank, missing)).ToArray();
        chain.AddAll(orphans[0], orphans[1]);

        var result = chain.Add(orphans[2]);

        Assert.Equal(orphans[0].Id, Assert.Single(result.Evicted).Header.Id);
        Assert.Equal(orphans[1..].Ids(), chain.Orphans.Select(orphan => orphan.Header.Id));
        Assert.False(chain.IsOrphan(orphans[0].Id));
        Assert.Equal([missing.Id, orphans[1].Id, orphans[2].Id], chain.Add(missing).Attached.Ids());
        Assert.Equal(AddStatus.Accepted, chain.Add(orphans[0]).Status);
    }

    [Fact]
    public void Add_LimitZero_KeepsNone()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 0 });
        var orphan = Block(2, Block(1, null));

        Assert.Equal(orphan.Id, chain.Add(orphan).Evicted.Single().Header.Id);
        Assert.Empty(chain.Orphans);
    }

    [Fact]
    public void Add_ForgedHeadersInARing_WaitUntilEvicted()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = 3 });
        Hash256[] ring = [RankedId(1), RankedId(2), RankedId(3)];
        for (var i = 0; i < ring.Length; i++)
        {
            Assert.Equal(AddStatus.Orphaned, chain.Add(Now, Header(ring[i], ring[(i + 1) % 3]), null).Status);
        }

        Assert.Contains(chain.MissingAncestor(ring[0]), ring);
        var own = RankedId(4);
        Assert.Equal(AddStatus.Orphaned, chain.Add(Now, Header(own, own), null).Status);
        Assert.Equal(own, chain.MissingAncestor(own));
    }

    [Fact]
    public void Add_FirstBlockOfALongOrphanChain_AttachesAllAtOnce()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = Long, OrphanBytes = long.MaxValue });
        var branch = Branch(1, null, Long);
        for (var i = Long - 1; i > 0; i--)
        {
            chain.Add(branch[i]);
        }

        var result = chain.Add(branch[0]);

        Assert.Equal(Long, result.Attached.Count);
        Assert.Equal(branch[^1].Id, chain.Tip!.Id);
        Assert.Equal(Long, chain.Height);
    }

    [Fact]
    public void Add_LongOrphanChainBesideALongChain_TakesOverInOneReorganisation()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = Long, OrphanBytes = long.MaxValue });
        var main = Enumerable.Range(0, Long / 2)
            .Select(i => Block(Id(i), i == 0 ? default : Id(i - 1), Id(-1 - i)))
            .ToArray();
        chain.AddAll(main);
        var branch = Enumerable.Range(Long, Long)
            .Select(i => Block(Id(i), i == Long ? default : Id(i - 1), Id(-1 - i)))
            .ToArray();
        chain.AddAll(branch[1..]);

        var change = Assert.IsType<Reorganisation>(chain.Add(branch[0]).Reorganisation);

        Assert.Equal(Long / 2, change.Depth);
        Assert.Equal(branch.Ids(), change.Joined.Ids());
    }

    [Fact]
    public void Add_RejectedParentOfALongOrphanChain_RejectsAllAtOnce()
    {
        var chain = new BlockTree(new LedgerLimits { Orphans = Long, OrphanBytes = long.MaxValue });
        var branch = Branch(1, Block(0, null, Id(1), Id(1)), Long);
        chain.AddAll(branch);

        var result = chain.Add(Block(0, null, Id(1), Id(1)));

        Assert.Equal(Long + 1, result.Rejected.Count);
        Assert.Empty(chain.Orphans);
        Assert.Equal(0, chain.Count);
    }
}
