using System.Globalization;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>Makes a line of the words of a step.</summary>
internal sealed class MessageDraft(ConversationRun run)
{
    private int _messages;

    /// <param name="from">Who says it.</param>
    /// <param name="name">Who is named as its sender.</param>
    /// <returns>Null: the words mean nothing.</returns>
    public byte[]? Make(string from, string name, string[] words)
    {
        var sender = new PeerId(name);
        return words switch
        {
            ["raw", ..] => null,
            ["tx", var transaction] => Line(run.World.TransactionAt(Number(transaction))),
            ["false-tx", var transaction] => World.Forged(run.World.TransactionAt(Number(transaction))),
            ["block", var block] => BlockOf(block) is { } known ? Line(known) : null,
            ["false-block", var block] => BlockOf(block) is { } known ? Line(World.Forged(known)) : null,
            ["extend", var below, .. var transactions] => Line(Extend(Number(below), transactions)),
            ["skip", var missing, .. var transactions] => Line(Skip(Number(missing), transactions)),
            ["headers", .. var blocks] => Headers(name, [.. blocks.Select(BlockOf).OfType<Block>()]),
            _ => Control(from, sender, words) is { } message ? Line(message) : null,
        };
    }

    /// <summary>A RELAY around a line.</summary>
    public byte[] Relay(string origin, string target, byte[] payload)
    {
        var begin = $$"""{"type": "RELAY", "sender": "{{origin}}", "target": "{{target}}", "payload": """;
        var end = $$""", "message_id": "{{NextId()}}"}""";
        return [.. Encoding.UTF8.GetBytes(begin), .. payload, .. Encoding.UTF8.GetBytes(end)];
    }

    public byte[] Headers(string name, IEnumerable<Block> blocks) =>
        Line(new BlockHeaders(new PeerId(name), [.. blocks.Select(block => block.Header)], NextId()));

    public MessageId NextId() => new((UInt128)(++_messages) << 64);

    private Message? Control(string from, PeerId sender, string[] words) => words switch
    {
        ["hello", .. var flags] => new Hello(
            ConversationSetup.Info(from) with
            {
                Id = from.StartsWith('@') && sender.IsStranger ? new PeerId("new" + from[1..]) : sender,
                Nat = flags.Contains("nat"),
                Light = flags.Contains("light"),
            },
            NextId()),
        ["ping"] => new Ping(sender, 12.5, NextId()),
        ["pong"] => new Pong(sender, run.Pinged.GetValueOrDefault(from, run.Now.TotalSeconds), NextId()),
        ["inv", .. var ids] => new Inv(sender, IdsOf(ids), NextId()),
        ["inv-many", var count] => new Inv(
            sender,
            [.. Enumerable.Range(0, Number(count)).Select(i => World.NobodyHas((1_000 * _messages) + i))],
            NextId()),
        ["getblock", .. var ids] => new GetBlock(sender, IdsOf(ids), NextId()),
        ["getheaders", .. var ids] => new GetBlockHeaders(sender, IdsOf(ids), NextId()),
        ["headers-forged", var count] => new BlockHeaders(sender, ForgedHeaders(Number(count)), NextId()),
        ["getpeers"] => new GetPeers(sender, NextId()),
        ["peers", var count] => new PeerList(
            sender,
            [.. Enumerable.Range(0, Number(count)).Select(i => ConversationSetup.Info($"made-up-{_messages}-{i}"))],
            NextId()),
        _ => null,
    };

    /// <summary>A chain on top of the peer's own.</summary>
    private BlockHeader[] ForgedHeaders(int count)
    {
        var headers = new BlockHeader[count];
        for (var i = 0; i < count; i++)
        {
            var parent = i == 0 ? run.Peer.Ledger.Chain.Tip?.Id ?? Hash256.Genesis : headers[i - 1].Id;
            headers[i] = new BlockHeader(new PeerId("maker"), i, World.NobodyHas((-1_000 * _messages) - i), parent);
        }

        return headers;
    }

    /// <summary>A block on the peer's chain, so many heights below its tip.</summary>
    private Block Extend(int below, string[] transactions)
    {
        var chain = run.Peer.Ledger.Chain;
        var parent = chain.AtHeight(chain.Height - below)?.Id ?? Hash256.Genesis;
        return run.World.Make(parent, TransactionsOf(transactions));
    }

    /// <summary>A block above some on the peer's chain that nobody has sent, but that can be asked for.</summary>
    private Block Skip(int missing, string[] transactions)
    {
        var top = Extend(0, []);
        for (var i = 1; i < missing; i++)
        {
            top = run.World.Make(top.Id, []);
        }

        return run.World.Make(top.Id, TransactionsOf(transactions));
    }

    private Hash256[] IdsOf(string[] words) => [.. words.Select(
        word => word.StartsWith('x') ? World.NobodyHas(Number(word)) : BlockOf(word)?.Id)
        .OfType<Hash256>()];

    private Block? BlockOf(string word) => word switch
    {
        "tip" => run.Peer.Ledger.Chain.Tip?.Block,
        ['b', ..] => run.World.BlockAt(Number(word)),
        _ => null,
    };

    private Transaction[] TransactionsOf(string[] words) =>
        [.. words.Where(word => word.StartsWith('t')).Select(word => run.World.TransactionAt(Number(word)))];

    private static int Number(string word) =>
        int.TryParse(word.TrimStart('b', 't', 'x'), CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 0, 50_000)
            : 0;

    private static byte[] Line(Message message) => Wire.LineDraw.LineOf(message);
}
