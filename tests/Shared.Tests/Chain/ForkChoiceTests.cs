using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using CsCheck;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class ForkChoiceTests
{
    [Theory]
    [InlineData("lowest-id", 1, 2, 1)]
    [InlineData("lowest-id", 2, 1, 1)]
    [InlineData("first-seen", 1, 2, 1)]
    [InlineData("first-seen", 2, 1, 2)]
    public void EqualBranches_WinnerIsThatOfTheFork(string name, int first, int second, int winner)
    {
        var chain = Tree(name);
        chain.Add(Block(first, null));
        var result = chain.Add(Block(second, null));

        Assert.Equal(RankedId(winner), chain.Tip!.Id);
        Assert.Equal(winner == second, result.TipChanged);
        Assert.Equal(2, chain.Count);
    }

    [Fact]
    public void FirstSeen_LongerBranch_Wins()
    {
        var chain = Tree("first-seen");
        var main = Branch(50, null, 3);
        var rival = Branch(1, null, 4);
        chain.AddAll([.. main, .. rival[..3]]);
        Assert.Equal(main.Ids(), chain.Nodes.Ids());

        var change = Assert.IsType<Reorganisation>(chain.Add(rival[3]).Reorganisation);

        Assert.Equal(3, change.Depth);
        Assert.Equal(rival.Ids(), chain.Nodes.Ids());
    }

    /// <summary>Orphans are accepted when their parent comes, not when they came themselves.</summary>
    [Fact]
    public void FirstSeen_OrphanThatCameBefore_IsSecond()
    {
        var chain = Tree("first-seen");
        var early = Branch(1, null, 2);
        var late = Branch(50, null, 2);
        chain.AddAll(early[1], late[0], late[1], early[0]);
        Assert.Equal(late.Ids(), chain.Nodes.Ids());
    }

    /// <summary>Against the rule written anew: of the longest branches, the one whose end was attached first.</summary>
    [Fact]
    public void FirstSeen_AnyTreeInAnyOrder_EndsInTheFirstOfTheHighest() =>
        RandomTree.Any.Sample(tree =>
        {
            var chain = new BlockTree(new LedgerLimits { Orphans = 1_000 }, ForkChoices.Makers["first-seen"]());
            ChainNode? first = null;
            foreach (var block in tree.Delivery)
            {
                foreach (var node in chain.Add(block).Attached)
                {
                    first = first is null || node.Height > first.Height ? node : first;
                }

                Assert.Same(first, chain.Tip);
            }
        }, iter: 300);

    [Fact]
    public void Peer_HasTheForkChoiceOfItsSettings()
    {
        foreach (var (name, winner) in ((string, Hash256)[])[("lowest-id", Lower), ("first-seen", Higher)])
        {
            var bench = new Core.PeerBench(Core.Make.Quiet with { ForkChoice = name }, Core.Make.Infos(1));
            bench.Receive("p00", Block(Higher, Hash256.Genesis));
            bench.Receive("p00", Block(Lower, Hash256.Genesis));
            Assert.Equal(winner, bench.Peer.Ledger.Chain.Tip!.Id);
        }
    }

    private static Hash256 Lower => RankedId(1);

    private static Hash256 Higher => RankedId(2);

    private static BlockTree Tree(string name) => new(new LedgerLimits { Orphans = 10 }, ForkChoices.Makers[name]());
}
