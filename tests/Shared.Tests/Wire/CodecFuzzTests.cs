using System.Text;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Wire;

/// <summary>Lines changed at random: nothing throws, and what is accepted is checked again by a slow rule.</summary>
public sealed class CodecFuzzTests
{
    private static readonly byte[][] Lines = [.. Sample.Messages().Select(message => Sample.Line(message)[..^1])];

    private static readonly MalformedReason[] JsonReasons =
    [
        MalformedReason.NotJson, MalformedReason.TooDeep, MalformedReason.DuplicateKey, MalformedReason.BadNumber,
        MalformedReason.BadString,
    ];

    // The bytes that JSON is made of, so that a change often leaves it well formed.
    private static readonly Gen<byte> Bytes =
        Gen.OneOf(Gen.Byte, Gen.Int[0, 25].Select(i => (byte)"{}[],:\"\\ 0123456789eE.-+un"[i]));

    private static readonly Gen<byte[]> Mutated =
        from line in Gen.Int[0, Lines.Length - 1]
        from edits in Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 3], Bytes).Array[0, 3]
        select edits.Aggregate(Lines[line], (bytes, edit) => Edit(bytes, edit.Item1, edit.Item2, edit.Item3));

    // Transactions in all layouts, in and out of canonical form.
    private static readonly Gen<byte[]> Transactions =
        from order in Gen.Shuffle(new[] { 0, 1, 2, 3, 4, 5 })
        from space in Pick("", " ", "  ", "\t")
        from amount in Pick("1", "-0", "0", "1.50", "12.5", "1e3", "0.00001", "12345678901234567890123")
        from timestamp in Gen.Double[1.6e9, 1.9e9]
        from name in Pick("5001", "é", "a\\u0041", "", "\\n", new string('n', 150))
        from isRight in Gen.Bool
        select Layout(order, space, amount, SlowCanonicaliser.Repr(timestamp), name, isRight);

    [Fact]
    public void Read_MutatedLines_AgreesWithTheSlowRule() => Mutated.Sample(Check, iter: 20_000);

    [Fact]
    public void Read_TransactionsOfAllLayouts_AgreesWithTheSlowRule() => Transactions.Sample(Check, iter: 5_000);

    [Fact]
    public void Read_BlocksOfAllLayouts_AgreesWithTheSlowRule() =>
        Transactions.Array[0, 20].Sample(
            transactions =>
            {
                var body =
                    "\"type\": \"BLOCK\", \"sender\": \"1\", \"timestamp\": 1.5, \"previous_block_id\": \"GENESIS\", "
                    + "\"transactions\": [" + string.Join(',', transactions.Select(Encoding.UTF8.GetString)) + "]";
                var id = SlowReader.Sha256(SlowCanonicaliser.Canonicalise(Encoding.UTF8.GetBytes("{" + body + "}"))!);
                Check(Encoding.UTF8.GetBytes("{" + body + ", \"block_id\": \"" + id + "\"}"));
            },
            iter: 1_000);

    [Fact]
    public void Read_UsualLines_NeedNoRewriting()
    {
        var transactions = Enumerable.Range(0, 50)
            .Select(i => TransactionFactory.Create("5001", "5002", i, 1_795_358_270.987 + i)).ToArray();
        var block = BlockFactory.Create(new PeerId("5001"), 1_795_358_270.5, Hash256.Genesis, transactions);
        using var tape = JsonTape.Read(block.Json.Span);
        for (var token = 1; token < tape[0].Next; token++)
        {
            Assert.True(tape[token].IsMemberCanonical || tape[token].Kind is TokenKind.Array or TokenKind.Object);
        }
    }

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Check(byte[] line)
    {
        var canonical = new System.Buffers.ArrayBufferWriter<byte>();
        var isCanonical = CanonicalJson.Write(line, canonical) == MalformedReason.None;
        Assert.Equal(
            SlowCanonicaliser.Canonicalise(line), isCanonical ? Encoding.ASCII.GetString(canonical.WrittenSpan) : null);

        var outcome = MessageCodec.Read(line, out var message, out var reason);
        if (!isCanonical)
        {
            Assert.Equal(ReadOutcome.Malformed, outcome);
            Assert.Contains(reason, JsonReasons);
            return;
        }

        var (expectedReason, expected) = SlowReader.Read(line);
        Assert.Equal(expectedReason, reason);
        Assert.Equal(expectedReason == MalformedReason.None, outcome == ReadOutcome.Message);
        AssertSame(expected, message);
    }

    private static void AssertSame(Message? expected, Message? actual)
    {
        Assert.Equal(expected?.GetType(), actual?.GetType());
        switch (expected)
        {
            case Transaction transaction:
                var read = (Transaction)actual!;
                Assert.Equal(transaction.Json.ToArray(), read.Json.ToArray());
                Assert.Equal(transaction, read with { Json = transaction.Json });
                break;
            case Block block:
                Assert.Equal(block.Header, ((Block)actual!).Header);
                Assert.Equal(block.HasValidId, ((Block)actual).HasValidId);
                Assert.Equal(block.TransactionIds, ((Block)actual).TransactionIds);
                Assert.Equal(block.TransactionSpans, ((Block)actual).TransactionSpans);
                Assert.Equal(block.Json.ToArray(), ((Block)actual).Json.ToArray());
                break;
            case Relay relay:
                AssertSame(relay.Payload, ((Relay)actual!).Payload);
                Assert.Equal(relay.Json.ToArray(), ((Relay)actual).Json.ToArray());
                Assert.Equal(relay, ((Relay)actual) with { Payload = relay.Payload, Json = relay.Json });
                break;
            default:
                Assert.Equivalent(expected, actual, strict: true);
                break;
        }
    }

    private static byte[] Layout(
        int[] order, string space, string amount, string timestamp, string name, bool isRight)
    {
        string[] hashed =
        [
            $"\"type\":{space}\"TX\"", $"\"from\":{space}\"{name}\"", $"\"to\":{space}\"5002\"",
            $"\"amount\":{space}{amount}", $"\"timestamp\":{space}{timestamp}",
        ];
        var id = isRight
            ? SlowReader.Sha256(SlowCanonicaliser.Canonicalise(
                Encoding.UTF8.GetBytes("{" + string.Join(",", hashed) + "}"))!)
            : SlowReader.Sha256(timestamp);
        string[] all = [.. hashed, $"\"tx_id\":{space}\"{id}\""];
        return Encoding.UTF8.GetBytes(
            "{" + space + string.Join("," + space, order.Select(i => all[i])) + space + "}");
    }

    private static byte[] Edit(byte[] bytes, int place, int kind, byte value)
    {
        var at = place % (bytes.Length + 1);
        var end = Math.Min(at + 1, bytes.Length);
        return kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[at..]],
            1 => [.. bytes[..at], .. bytes[end..]],
            2 => [.. bytes[..at], value, .. bytes[end..]],
            _ => [.. bytes[..at], .. bytes[Math.Max(0, at - 30)..]],
        };
    }
}
