using Blockchain.Shared.Chain;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Hostile;

/// <summary>What others send is bounded in bytes too, and who sends most loses first.</summary>
public class ByteBudgetTests
{
    private const int Big = 1_900_000;

    private readonly PeerBench _bench = new(Make.Quiet, Make.Infos(4));

    [Fact]
    public void BigTransactions_OfOnePeer_FillNeitherMemoryNorTheRoomOfOthers()
    {
        for (var i = 0; i < 160; i++)
        {
            _bench.Receive("p00", BigTransaction(i));
        }

        Assert.InRange(_bench.Peer.Ledger.Pool.MemoryBytes, 1, _bench.Peer.Plan.Settings.PoolBytes);
        Assert.Contains(_bench.Events.Drops, drop => drop.Reason == DropReason.PoolFull && drop.Peer.Value == "p00");
        _bench.Receive("p01", TransactionFactory.Create("a", "b", 1, 1));
        Assert.DoesNotContain(_bench.Events.Drops, drop => drop.Peer.Value == "p01");
    }

    [Fact]
    public void BigTransactions_Mined_MakeBlocksThatFitIntoALine()
    {
        for (var i = 0; i < 8; i++)
        {
            _bench.Receive("p00", BigTransaction(i));
        }

        for (var i = 0; _bench.Peer.Ledger.Pool.Count > 0; i++)
        {
            Assert.NotNull(_bench.Peer.Apply(_bench.Now, new Mine()).Block);
            var block = _bench.Peer.Ledger.Chain.Tip!.Block!;
            Assert.Equal(i + 1, block.TransactionIds.Length > 0 ? _bench.Peer.Ledger.Chain.Height : 0);
            var longest = new PeerId(new string('\u0001', WireLimits.PeerIdLength));
            var relay = new Relay(longest, longest, block, _bench.NextId(), default)
            {
                TraceParent = new string('0', WireLimits.TraceParentLength),
                TraceState = new string('0', WireLimits.TraceStateLength),
            };
            Assert.InRange(LineOf(relay).Length, Big, WireLimits.LineBytes);
        }

        Assert.Equal(4, _bench.Peer.Ledger.Chain.Height);
    }

    [Fact]
    public void Transaction_ThatFitsIntoNoBlock_IsRefused()
    {
        // In canonical form each of these characters has six bytes.
        _bench.Receive("p00", Read(Encoding($"{{\"type\":\"TX\",{Fields(new string('\u00e9', 800_000))}}}")));

        var drop = Assert.Single(_bench.Events.Drops);
        Assert.Equal((MessageType.Tx, DropReason.TooLarge), (drop.Type, drop.Reason));
        Assert.Empty(_bench.Peer.Ledger.Pool);
    }

    [Fact]
    public void Block_LongerThanTheLimit_IsRefusedWithoutAnOffence()
    {
        var limit = new LedgerLimits().BlockBytes;
        var fits = BlockOf(limit);
        var tooLong = BlockOf(limit + 1);
        _bench.Receive("p00", tooLong);
        Assert.Equal(DropReason.InvalidBlock, _bench.Events.Drops[^1].Reason);
        Assert.True(_bench.Peer.Ledger.Chain.IsRejected(tooLong.Id));
        Assert.Empty(_bench.Events.Offences);
        _bench.Receive("p00", fits);
        Assert.Equal(1, _bench.Peer.Ledger.Chain.Height);
    }

    [Fact]
    public void BigOrphans_OfOnePeer_PushOutNobodyElses()
    {
        _bench.Receive("p01", BlockOf(1_000, parent: "missing"));
        for (var i = 0; i < 30; i++)
        {
            _bench.Receive("p00", BlockOf(Big, parent: $"m{i}"));
        }

        var orphans = _bench.Peer.Ledger.Chain.Orphans;
        Assert.InRange(orphans.Sum(orphan => (long)orphan.MemoryBytes), Big, new LedgerLimits().OrphanBytes);
        Assert.Contains(orphans, orphan => orphan.Source.Value == "p01");
        Assert.Equal(31 - orphans.Count, _bench.Events.Drops.Count(drop => drop.Reason == DropReason.OrphanEvicted));
    }

    [Fact]
    public void SideBlocks_OfOnePeer_LoseTheirLowestBranchesFirst()
    {
        var limits = new LedgerLimits();
        var first = BlockOf(500);
        var main = BlockOf(501, first.Id);
        _bench.Receive("p02", first);
        _bench.Receive("p02", main);
        _bench.Receive("p02", BlockOf(502, main.Id));
        var honest = BlockOf(600, first.Id);
        _bench.Receive("p01", honest);
        for (var i = 0; i < 30; i++)
        {
            _bench.Receive("p00", BlockOf(Big + i, parent: Hash256.Genesis));
        }

        var chain = _bench.Peer.Ledger.Chain;
        Assert.Equal(3, chain.Height);
        Assert.InRange((chain.Count - 4) * (long)Big, Big, limits.SideBlockBytes);
        Assert.True(chain.Contains(honest.Id));
    }

    [Fact]
    public void SideBlock_PrunedAndBuiltUpon_IsAskedForAgain()
    {
        var limits = new LedgerLimits { SideBlocks = 2 };
        var chain = new BlockTree(limits);
        var branch = Chain.TestBlocks.Branch(100, null, 4);
        var rivals = Enumerable.Range(200, 5).Select(rank => Chain.TestBlocks.Block(rank, branch[2])).ToArray();
        var low = Chain.TestBlocks.Block(300, branch[0]);
        foreach (var block in branch.Append(low).Concat(rivals))
        {
            Chain.TestBlocks.Add(chain, block);
        }

        Assert.False(chain.Contains(low.Id));
        Assert.True(chain.IsKnown(low.Id));
        var longer = Chain.TestBlocks.Branch(400, low, 4);
        Chain.TestBlocks.AddAll(chain, longer);
        Assert.False(chain.IsKnown(low.Id));
        Assert.Equal(low.Id, chain.MissingAncestor(longer[3].Id));
        var result = Chain.TestBlocks.Add(chain, low);
        Assert.Equal(longer[3].Id, chain.Tip!.Id);
        Assert.Equal(6, chain.Height);
        Assert.Equal(5, result.Attached.Count);
    }

    [Fact]
    public void QuestionsForMissingBlocks_OfOnePeer_LeaveRoomForOthers()
    {
        _bench.ReceiveGetBlock("p00", [.. Enumerable.Range(0, 50_000).Select(i => $"x{i}")]);
        _bench.ReceiveGetBlock("p01", "real");
        _bench.Receive("p02", Make.Block("real"));
        Assert.Single(_bench.Sent<Block>("p01"));
    }

    private static Transaction BigTransaction(int number) =>
        TransactionFactory.Create(new string('x', Big), "to", number, 1);

    private static Block BlockOf(int bytes, string parent) => BlockOf(bytes, Make.Hash(parent));

    /// <summary>A valid block of so many bytes.</summary>
    private static Block BlockOf(int bytes, Hash256 parent = default)
    {
        var empty = Unsized(0).Json.Length;
        var block = Unsized(bytes - empty);
        Assert.Equal(bytes, block.Json.Length);
        return block;

        Block Unsized(int name) => BlockFactory.Create(
            new PeerId("maker"), 1, parent, [TransactionFactory.Create(new string('x', name), "to", bytes, 1)]);
    }

    private static byte[] LineOf(Message message)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        MessageCodec.Write(line, message);
        return line.WrittenSpan[..^1].ToArray();
    }

    private static byte[] Encoding(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Fields(string from)
    {
        var made = TransactionFactory.Create(from, "to", 1, 1);
        return $"\"tx_id\":\"{made.Id}\",\"from\":\"{from}\",\"to\":\"to\",\"amount\":1,\"timestamp\":1.0";
    }

    private static Message Read(byte[] line)
    {
        Assert.Equal(ReadOutcome.Message, MessageCodec.Read(line, out var message, out _));
        return message!;
    }
}
