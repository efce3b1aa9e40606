using System.Buffers;
using System.Globalization;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Wire;

/// <summary>
/// Lines as a connection may bring them: those of all types changed at random, objects put together of fields with
/// right and wrong values, transactions and blocks in every layout.
/// </summary>
internal static class LineDraw
{
    /// <summary>The bytes that JSON is made of.</summary>
    private static readonly byte[] JsonBytes = [.. "{}[],:\"\\ 0123456789eE.-+un"u8];

    private static readonly byte[][] Samples = [.. Messages().Select(LineOf)];

    private static readonly string Id = "\"" + new string('a', 64) + "\"";

    private static readonly string[] Keys =
    [
        "sender", "timestamp", "message_id", "block_ids", "ip", "port", "flags", "localnetworkid", "tx_id", "from",
        "to", "amount", "block_id", "previous_block_id", "transactions", "target", "payload", "peers", "peer_id",
        "headers", "locator", "traceparent", "tracestate", "other", "relay", "compact", "unasked", "block", "nonce",
        "short_ids", "indexes", "tx_ids", "backoff", "tx", "set_size", "sketch", "success", "ask",
    ];

    private static readonly string[] Values =
    [
        "\"5000\"", "\"@x\"", "\"\"", "\"GENESIS\"", Id, "1", "-1", "0", "1.5", "1e400", "65535", "65536", "2147483647",
        "2147483648", "-0", "true", "false", "null", "{}", "[]", "[1]", $"[{Id}]", "\"\\ud800\"", "\"\\u00e9\"",
        "\"f22fddf7-0000-4000-8000-000000000001\"", "{\"nat\": true, \"light\": 1}", "{\"nat\": true}",
        "\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"", "\"127.0.0.1\"",
        "\"compact\"", "\"0123456789abcdef\"", "\"0123456789ab0123456789ab\"", "\"0123456789AB\"", "[0, 19999]",
        "[20000]", "[1.0]",
        $"{{\"type\": \"BLOCK\", \"sender\": \"1\", \"timestamp\": 1, \"block_id\": {Id}, "
            + $"\"previous_block_id\": {Id}}}",
    ];

    public static byte[] Draw(SeededRandom random) => random.Next(10) switch
    {
        < 5 => random.Edited(random.Pick<byte[]>(Samples), JsonBytes),
        < 7 => Encoding.UTF8.GetBytes(Object(random)),
        < 9 => Encoding.UTF8.GetBytes(Transaction(random)),
        _ => Encoding.UTF8.GetBytes(Block(random)),
    };

    /// <summary>One message of each type, and of those with several shapes more.</summary>
    public static IEnumerable<Message> Messages()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var (peer, id) = (new PeerId("5000"), new MessageId(new UInt128(1, 2)));
        var random = new SeededRandom(1);
        var (first, second) = (random.NextHash(), random.NextHash());
        var info = new PeerInfo(new PeerId("5002"), "127.0.0.1", 5002, Nat: true, Light: false, NetworkId: 1);
        var transactions = Enumerable.Range(0, 20)
            .Select(i => TransactionFactory.Create("5001", "節" + i, i, 1_795_358_270.125 + i))
            .ToArray();
        var block = BlockFactory.Create(peer, 1_795_358_300.0, first, transactions);
        return
        [
            new Hello(info, id) { TraceParent = Trace },
            new Ping(peer, 1.5, id),
            new Pong(peer, 1795358270.9870994, id),
            new Inv(peer, [first, second], id) { TraceParent = Trace, TraceState = "blockchain=hops:3,other=x" },
            new GetBlock(peer, [first], id),
            new GetBlockHeaders(peer, [], id),
            new GetBlockHeaders(peer, [second, first], id),
            new BlockHeaders(
                peer, [new(peer, 2.5, first, Hash256.Genesis), new(new("5 \"é\""), 1e16, second, first)], id),
            new GetPeers(peer, id),
            new PeerList(peer, [info, info with { Light = true, NetworkId = PeerInfo.NoNetwork }], id),
            transactions[0],
            TransactionFactory.WithTrace(transactions[1], Trace, "blockchain=hops:3"),
            TransactionFactory.Create("5001", "5007", 12.50m, 5),
            block,
            BlockFactory.Create(peer, 1.25, Hash256.Genesis, []),
            BlockFactory.CreateForged(peer, 1.25, Hash256.Genesis, transactions[..3], first),
            new Relay(peer, new PeerId("5007"), new Ping(peer, 1.5, id), id, default) { TraceParent = Trace },
            new Relay(peer, new PeerId("5007"), block, id, default),
            new Hello(info, id) { Relay = "compact" },
            new GetBlock(peer, [first], id) { Compact = true },
            new SendCompact(peer, Unasked: true, id),
            new CompactBlock(peer, block.Header, BlockFactory.EnvelopeOf(block), 7, [1, 0xFFFF_FFFF_FFFF], id),
            new GetBlockTransactions(peer, first, [0, 3, 19_999], id),
            new BlockTransactions(peer, block.Id, [.. block.Transactions.Take(2)], id),
            new Rumours(peer, [first], [second, first], id),
            new WantTransactions(peer, [second], id),
            new Have(peer, [first], [second], id),
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

    /// <summary>Without its end.</summary>
    public static byte[] LineOf(Message message)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        return [.. output.WrittenSpan[..^1]];
    }

    private static string Object(SeededRandom random)
    {
        var type = random.Pick(Enum.GetValues<MessageType>()).Name();
        var members = random.Many(0, 8, () => $"\"{random.Pick<string>(Keys)}\": {random.Pick<string>(Values)}");
        return $$"""{{{string.Join(", ", random.Shuffled(members.Append($"\"type\": \"{type}\"")))}}}""";
    }

    private static string Transaction(SeededRandom random)
    {
        var space = random.Pick("", " ", "  ", "\t");
        var amount = random.Pick("1", "-0", "0", "1.50", "12.5", "1e3", "0.00001", "12345678901234567890123", "1e308");
        var timestamp = SlowCanonicaliser.Repr(1.6e9 + (3e8 * random.NextDouble()));
        var name = random.Pick("5001", "é", "a\\u0041", "", "\\n", new string('n', 150), "\\ud83d\\ude00");
        string[] covered =
        [
            $"\"type\":{space}\"TX\"", $"\"from\":{space}\"{name}\"", $"\"to\":{space}\"5002\"",
            $"\"amount\":{space}{amount}", $"\"timestamp\":{space}{timestamp}",
        ];
        var id = SlowReader.Sha256(random.Chance(0.8)
            ? SlowCanonicaliser.Canonicalise(Encoding.UTF8.GetBytes("{" + string.Join(",", covered) + "}"))!
            : timestamp);
        var members = random.Shuffled(covered.Append($"\"tx_id\":{space}\"{id}\""));
        return "{" + space + string.Join("," + space, members) + space + "}";
    }

    private static string Block(SeededRandom random)
    {
        var transactions = random.Many(0, 12, () => Transaction(random)).ToList();
        if (transactions.Count > 0 && random.Chance(0.2))
        {
            transactions.Add(transactions[0]);
        }

        string[] members =
        [
            "\"type\": \"BLOCK\"", "\"sender\": \"1\"",
            string.Create(CultureInfo.InvariantCulture, $"\"timestamp\": {random.Next(1_000)}.5"),
            $"\"previous_block_id\": {(random.Chance(0.5) ? "\"GENESIS\"" : Id)}",
            $"\"transactions\": [{string.Join(',', transactions)}]",
            .. random.Chance(0.3) ? (string[])["\"nonce\": 5e-324"] : [],
        ];
        var body = "{" + string.Join(", ", random.Shuffled(members));
        var id = SlowReader.Sha256(random.Chance(0.9)
            ? SlowCanonicaliser.Canonicalise(Encoding.UTF8.GetBytes(body + "}"))!
            : body.Length.ToString(CultureInfo.InvariantCulture));
        return $"{body}, \"block_id\": \"{id}\"}}";
    }
}
