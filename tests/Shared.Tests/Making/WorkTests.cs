using Blockchain.Shared.Chain;
using Blockchain.Shared.Making;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Making;

/// <summary>Blocks whose ids have to begin with zero bits.</summary>
public sealed class WorkTests
{
    private const int Bits = 6;

    private static readonly PeerInfo A = Make.Info("a");

    [Theory]
    [InlineData("8", 0)]
    [InlineData("1", 3)]
    [InlineData("01", 7)]
    [InlineData("0000000000000000000000000000000000000001", 159)]
    public void LeadingZeroBits_OfAnId_AreThoseOfItsDigits(string digits, int expected)
    {
        Assert.True(Hash256.TryParse(digits.PadRight(Hash256.HexLength, '0'), out var id));
        Assert.Equal(expected, id.LeadingZeroBits);
    }

    [Fact]
    public void Search_FindsANonce_WithWhichTheIdIsRightAndHasTheZeros()
    {
        var template = BlockFactory.Create(A.Id, 1.5, Hash256.Genesis, [TransactionFactory.Create("a", "b", 1, 1)]);
        var found = Found(template);

        Assert.True(found.HasValidId);
        Assert.True(found.Id.LeadingZeroBits >= Bits, found.Id.ToString());
        Assert.Equal(template.TransactionIds, found.TransactionIds);
        Assert.Equal(template.Header with { Id = found.Id }, found.Header);
    }

    [Fact]
    public void Search_NoNonceInTheRange_IsNothing()
    {
        using var search = new NonceSearch(BlockFactory.Create(A.Id, 1.5, Hash256.Genesis, []), work: 32);
        Assert.Null(search.Try(from: 0, count: 10));
    }

    [Fact]
    public void Block_TooLittleWork_IsRejectedWithAllThatFollowsAndIsNoOrphan()
    {
        var chain = new BlockTree(new LedgerLimits { Work = Bits });
        var cheap = Cheap(Hash256.Genesis);
        var orphan = Cheap(Make.Hash("missing"));

        Assert.Equal(RejectReason.TooLittleWork, chain.Add(TimeSpan.Zero, cheap.Header, cheap).Reason);
        Assert.Equal(RejectReason.TooLittleWork, chain.Add(TimeSpan.Zero, orphan.Header, orphan).Reason);
        Assert.Empty(chain.Orphans);

        var child = Found(BlockFactory.Create(A.Id, 2, cheap.Id, []));
        Assert.Equal(RejectReason.RejectedAncestor, chain.Add(TimeSpan.Zero, child.Header, child).Reason);
        Assert.Equal(0, chain.Height);
    }

    [Fact]
    public void Block_EnoughWork_IsTaken()
    {
        var chain = new BlockTree(new LedgerLimits { Work = Bits });
        var first = Found(BlockFactory.Create(A.Id, 1, Hash256.Genesis, []));
        var second = Found(BlockFactory.Create(A.Id, 2, first.Id, []));

        chain.Add(TimeSpan.Zero, second.Header, second);
        chain.Add(TimeSpan.Zero, first.Header, first);

        Assert.Equal(2, chain.Height);
    }

    [Fact]
    public void Mine_WhereBlocksNeedWork_BeginsTheSearchAndTakesWhatIsFound()
    {
        var (bench, miner) = Bench();
        var result = bench.Peer.Apply(bench.Now, new Mine());

        Assert.True(result.IsBegun);
        Assert.Equal(0, bench.Peer.Ledger.Chain.Height);
        Assert.Same(result.Block, miner.Template);

        var found = Found(miner.Template!);
        bench.Peer.Mined(bench.Now, found);
        Assert.Equal(found.Id, bench.Peer.Ledger.Chain.Tip!.Id);
    }

    [Fact]
    public void Search_TipChanges_BeginsAnewOnIt()
    {
        var (bench, miner) = Bench();
        bench.Peer.Apply(bench.Now, new Mine());
        var old = miner.Template!;

        var others = Found(BlockFactory.Create(A.Id, 7, Hash256.Genesis, []));
        bench.Receive("a", others);

        Assert.Equal(others.Id, miner.Template!.PreviousId);
        bench.Peer.Mined(bench.Now, Found(old));
        Assert.Equal((1, others.Id), (bench.Peer.Ledger.Chain.Count, bench.Peer.Ledger.Chain.Tip!.Id));
    }

    [Fact]
    public void Search_GeneratingSwitchedOff_StopsAndWhatIsFoundIsNotTaken()
    {
        var (bench, miner) = Bench();
        bench.Peer.Apply(bench.Now, new Mine());
        var found = Found(miner.Template!);

        bench.Peer.Apply(bench.Now, new SetGenerating(false));
        bench.Peer.Mined(bench.Now, found);

        Assert.Null(miner.Template);
        Assert.Equal(0, bench.Peer.Ledger.Chain.Height);
    }

    private static (PeerBench Bench, FakeMiner Miner) Bench()
    {
        var miner = new FakeMiner();
        return (new PeerBench(Make.Quiet, [A], safeguards: new Safeguards { Work = Bits, Miner = miner }), miner);
    }

    private static Block Found(Block template)
    {
        using var search = new NonceSearch(template, Bits);
        return search.Try(from: 0, count: 100_000)!;
    }

    /// <summary>A block whose id happens to have too few zeros.</summary>
    private static Block Cheap(Hash256 previous) => Enumerable.Range(0, 1_000)
        .Select(i => BlockFactory.Create(A.Id, i, previous, []))
        .First(block => block.Id.LeadingZeroBits < Bits);

    private sealed class FakeMiner : IMiner
    {
        public Block? Template { get; private set; }

        public void Search(Block template) => Template = template;

        public void Stop() => Template = null;
    }
}
