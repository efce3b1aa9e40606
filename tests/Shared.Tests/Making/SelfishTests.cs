using Blockchain.Shared.Behaviour;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Making;

/// <summary>The state machines of selfish and stubborn miners: what they hide, show and build on.</summary>
public class SelfishTests
{
    private const char Own = 's';

    /// <summary>
    /// In random histories: 0 is a block of its own, 1 one of others on their tip, 2 one on its branch where that is as
    /// long.
    /// </summary>
    [Fact]
    public void Selfish_AnyHistory_DoesWhatAlgorithm1Says() => Gen.Int[0, 2].Array[0, 60].Sample(history =>
    {
        var (fast, slow) = (new History(new Selfish()), new SlowSelfish());
        foreach (var choice in history)
        {
            var onPrivate = choice == 2 && slow.IsTie;
            var parent = choice == 0 ? fast.MinesOn
                : onPrivate ? slow.TipOfPrivate
                : slow.Public.Count == 0 ? Hash256.Genesis : slow.Public[^1];
            var block = fast.Next(parent);
            var expected = choice == 0 ? slow.OnOwn(block.Id) : slow.OnOthers(block.Id, onPrivate);
            var shown = fast.Add(block, isOwn: choice == 0);

            // What is announced anyhow comes after what is shown for it.
            Assert.Equal(expected.Where(id => id != block.Id), shown);
            Assert.Equal(slow.MinesOn, fast.MinesOn);
            Assert.All(fast.All, id => Assert.Equal(slow.Unpublished.Contains(id), fast.Hides(id)));
        }
    });

    /// <summary>
    /// "s" is a block of its own, "o" one of others on their own tip. After each: how many it shows of those hidden, the
    /// new one included.
    /// </summary>
    [Theory]
    [InlineData("selfish", "sso", "002")]
    [InlineData("stubborn-lead", "sso", "001")]
    [InlineData("stubborn-lead", "ssoo", "0011")]
    [InlineData("stubborn-lead", "sssooo", "000111")]
    [InlineData("selfish", "sos", "011")]
    [InlineData("stubborn-fork", "sos", "010")]
    [InlineData("stubborn-fork", "soso", "0101")]
    [InlineData("selfish", "soos", "0100")]
    [InlineData("stubborn-trail", "soos", "0101")]
    [InlineData("stubborn-trail", "sooss", "01011")]
    [InlineData("stubborn-trail", "soooss", "010000")]
    [InlineData("stubborn-trail", "ooss", "0000")]
    [InlineData("stubborn", "soosso", "010101")]
    public void Miner_InThisHistory_ShowsSoMany(string behaviour, string history, string shown)
    {
        var miner = new History(Behaviours.Makers[behaviour]());
        var theirs = Hash256.Genesis;
        var counts = "";
        foreach (var maker in history)
        {
            var block = miner.Next(maker == Own ? miner.MinesOn : theirs);
            var count = miner.Add(block, maker == Own).Count + (maker == Own && !miner.Hides(block.Id) ? 1 : 0);
            theirs = maker == Own ? theirs : block.Id;
            counts += count;
            if (maker == Own && count > 0 && miner.HeightOf(block.Id) > miner.HeightOf(theirs))
            {
                theirs = block.Id;
            }
        }

        Assert.Equal(shown, counts);
    }

    [Fact]
    public void Grinding_ManyBlocks_HaveLowerIds()
    {
        var random = new SeededRandom(1);
        var miner = Behaviours.Makers[Behaviours.SelfishGrinding]();
        var lower = Enumerable.Range(0, 200).Count(i =>
        {
            var honest = BlockFactory.Create(new PeerId("o"), i, Hash256.Genesis, []);
            return miner.MakeBlock(new PeerId("s"), i, Hash256.Genesis, [], random).Id.CompareTo(honest.Id) < 0;
        });
        Assert.InRange(lower, 190, 200);
    }

    [Fact]
    public void Selfish_WithASecretBlock_NeitherAnnouncesNorNamesNorServesIt()
    {
        var bench = new PeerBench(Make.Quiet with { Fanout = 9 }, Make.Infos(3), behaviour: "selfish").Start();
        bench.RunFor(1);
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var secret));
        bench.Receive("p00", new GetBlock(new PeerId("p00"), [secret.Id], bench.NextId()));
        bench.Receive("p00", new GetBlockHeaders(new PeerId("p00"), [], bench.NextId()));
        bench.Receive("p00", Make.Block("orphan", "nobody knows it"));
        bench.RunFor(60);

        Assert.DoesNotContain(bench.Sent<Inv>(), sent => sent.Message.BlockIds.Contains(secret.Id));
        Assert.Empty(bench.Sent<Block>());
        Assert.Empty(Assert.Single(bench.Sent<BlockHeaders>()).Message.Headers);
        Assert.DoesNotContain(bench.Sent<GetBlockHeaders>(), sent => sent.Message.Locator.Contains(secret.Id));
        Assert.Equal(1, bench.Peer.Ledger.Chain.Height);

        // Others find one: now it wants the race.
        bench.Receive("p00", Make.Block("theirs"));
        Assert.Contains(bench.Sent<Inv>(), sent => sent.Message.BlockIds.Contains(secret.Id));
        bench.Receive("p01", new GetBlock(new PeerId("p01"), [secret.Id], bench.NextId()));
        Assert.Equal(secret.Id, Assert.Single(bench.Sent<Block>("p01")).Message.Id);
    }

    /// <summary>A behaviour and its tree, without a peer.</summary>
    private sealed class History(IBehaviour behaviour)
    {
        private readonly BlockTree _tree = new(new LedgerLimits(), ForkChoices.Makers["first-seen"]());
        private int _blocks;

        public List<Hash256> All { get; } = [];

        public Hash256 MinesOn => behaviour.MinesOn(_tree)?.Id ?? Hash256.Genesis;

        public bool Hides(Hash256 id) => behaviour.Hides(id);

        public int HeightOf(Hash256 id) => _tree.TryGet(id, out var node) ? node.Height : 0;

        public BlockHeader Next(Hash256 parent) => new(new PeerId("x"), 1, Make.Hash($"b{++_blocks}"), parent);

        public List<Hash256> Add(BlockHeader header, bool isOwn)
        {
            var result = _tree.Add(TimeSpan.Zero, header, null);
            All.Add(header.Id);
            var node = Assert.Single(result.Attached.ToArray());
            return [.. behaviour.Reveals(TimeSpan.Zero, _tree, node, isOwn).Select(shown => shown.Id)];
        }
    }
}
