using System.Buffers;
using System.Text;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

/// <summary>One message of each type.</summary>
internal static class Sample
{
    public const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    public const string TraceState = "blockchain=hops:3,other=x";

    public static Hash256 Hash(int i) => new(System.Security.Cryptography.SHA256.HashData([(byte)i]));

    public static IReadOnlyList<Message> Messages()
    {
        var (peer, id) = (new PeerId("5000"), new MessageId(new UInt128(1, 2)));
        var info = new PeerInfo(new PeerId("5002"), "127.0.0.1", 5002, Nat: true, Light: false, NetworkId: 1);
        var transactions = Enumerable.Range(0, 20)
            .Select(
                i => TransactionFactory.Create("5001", "節" + i, i, 1_795_358_270.125 + i, i == 1 ? TraceParent : null))
            .ToArray();
        var block = BlockFactory.Create(peer, 1_795_358_300.0, Hash(1), transactions);
        return
        [
            new Hello(info, id) { TraceParent = TraceParent },
            new Ping(peer, 1.5, id),
            new Pong(peer, 1795358270.9870994, id),
            new Inv(peer, [Hash(1), Hash(2)], id) { TraceParent = TraceParent, TraceState = TraceState },
            new Inv(peer, [], id),
            new GetBlock(peer, [Hash(1)], id),
            new GetBlockHeaders(peer, [], id),
            new GetBlockHeaders(peer, [Hash(3), Hash(1)], id),
            new BlockHeaders(
                peer, [new(peer, 2.5, Hash(1), Hash256.Genesis), new(new("5 \"é\""), 1e16, Hash(2), Hash(1))], id),
            new GetPeers(peer, id),
            new PeerList(peer, [info, info with { Light = true, NetworkId = PeerInfo.NoNetwork }], id),
            transactions[0],
            transactions[1],
            TransactionFactory.WithTrace(transactions[1], TraceParent, TraceState),
            TransactionFactory.Create("5001", "5007", 12.50m, 5),
            block,
            BlockFactory.Create(peer, 1.25, Hash256.Genesis, []),
            BlockFactory.CreateForged(peer, 1.25, Hash256.Genesis, transactions[..3], Hash(9)),
            new Relay(peer, new PeerId("5007"), new Ping(peer, 1.5, id), id, default)
            {
                TraceParent = TraceParent,
                TraceState = TraceState,
            },
            new Relay(peer, new PeerId("5007"), block, id, default),
            new Hello(info, id) { Relay = "compact" },
            new GetBlock(peer, [Hash(1)], id) { Compact = true },
            new SendCompact(peer, Unasked: true, id),
            new SendCompact(peer, Unasked: false, id),
            new CompactBlock(peer, block.Header, BlockFactory.EnvelopeOf(block), 7, [1, 0xFFFF_FFFF_FFFF], id),
            new GetBlockTransactions(peer, Hash(1), [0, 3, 19_999], id),
            new BlockTransactions(peer, block.Id, [.. block.Transactions.Take(2)], id),
            new Rumours(peer, [Hash(1)], [Hash(2), Hash(1)], id),
            new WantTransactions(peer, [Hash(2)], id),
            new Have(peer, [Hash(1)], [Hash(2)], id),
            new Graft(peer, id),
            new Prune(peer, 60, id),
            new StemTransaction(peer, transactions[0], id),
            new RequestSketch(peer, ulong.MaxValue, 12, id),
            new Sketch(peer, 7, [], id),
            new Sketch(peer, 7, [1, uint.MaxValue], id),
            new SketchDifference(peer, 7, true, [1, 0xAB], id),
            new SketchDifference(peer, 7, false, [], id),
        ];
    }

    public static byte[] Line(Message message)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        return output.WrittenSpan.ToArray();
    }

    public static string Text(Message message) => Encoding.UTF8.GetString(Line(message));
}
