using Blockchain.Shared.Wire;
using System.Text;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Lines that are no messages, of every kind; the node closes the connection, and they come again.</summary>
internal sealed class MalformedLines : Attack
{
    private static readonly string[] Lines =
    [
        "x",
        "[]",
        "{\"type\": \"TX\"}",
        "{\"type\": \"PING\", \"sender\": \"5005\", \"sender\": \"5005\"}",
        $"{{\"type\": \"INV\", \"block_ids\": {new string('[', 100)}{new string(']', 100)}}}",
        "{\"type\": \"TX\", \"amount\": 1e999}",
        "{\"type\": \"HELLO\", \"sender\": \"\\ud800\", \"ip\": \"1\", \"port\": 1, \"message_id\": \"\"}",
        $"{{\"type\": \"INV\", \"sender\": \"x\", \"message_id\": \"y\", "
            + $"\"block_ids\": [{string.Join(", ", Enumerable.Repeat("7", 60_000))}]}}",
        new string('z', 5_000_000),
    ];

    private ReadOnlyMemory<byte>[] _lines = [];

    public override string Name => "malformed-lines";

    public override string What => "send lines of every malformed kind, and come again when they are thrown out";

    public override bool Stays => false;

    public override void Prepare(AttackField field) =>
        _lines = [.. Lines.Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line + "\n")))];

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        foreach (var text in Random.Shared.GetItems(_lines, WireLimits.MalformedLines))
        {
            await line.SendAsync(text, stop);
        }
    }
}
