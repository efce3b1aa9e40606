using System.Text;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

public sealed class MessageCodecTests
{
    private const string Id = "\"message_id\": \"00000000-0000-0001-0000-000000000002\"";
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Hex = "439a41c9ddca97b1bc6e64ce1d56ed963a4b1df12c157fbf9092ea7b6415ea2b";

    private const string Tx =
        "{\"type\": \"TX\", \"tx_id\": \"" + Hex
        + "\", \"from\": \"5001\", \"to\": \"5002\", \"amount\": 9, \"timestamp\": 1763800003.75}";

    [Fact]
    public void Read_EachTypeWritten_GivesTheSameMessage() => Assert.All(
        Sample.Messages(),
        message =>
        {
            var line = Sample.Line(message);
            Assert.Equal(ReadOutcome.Message, MessageCodec.Read(line.AsSpan(0, line.Length - 1), out var read, out _));
            Assert.Equal(message.Type, read!.Type);
            Assert.Equal(message.Key, read.Key);
            Assert.Equal(message.TraceParent, read.TraceParent);
            Assert.Equal(message.TraceState, read.TraceState);
            Assert.Equal(line, Sample.Line(read));
        });

    [Fact]
    public void Write_Hello_HasKeysAndSeparatorsOfTheOriginal() => Assert.Equal(
        "{\"type\": \"HELLO\", \"sender\": \"5002\", \"ip\": \"127.0.0.1\", \"port\": 5002, "
        + "\"flags\": {\"nat\": true, \"light\": false}, \"localnetworkid\": 1, " + Id
        + ", \"traceparent\": \"" + Sample.TraceParent + "\"}\n",
        Sample.Text(Sample.Messages()[0]));

    [Fact]
    public void Read_HelloWithoutFlags_IsPublic()
    {
        var hello = Assert.IsType<Hello>(
            Read("{\"type\":\"HELLO\",\"sender\":\"1\",\"ip\":\"::1\",\"port\":1,\"more\":[{}]," + Id + "}"));
        Assert.False(hello.Info.Nat);
        Assert.False(hello.Info.Light);
        Assert.Equal(-1, hello.Info.NetworkId);
    }

    [Fact]
    public void Read_UnknownType_IsUnknownMessage() =>
        Assert.Equal("GOSSIP", Assert.IsType<UnknownMessage>(Read("{\"type\": \"GOSSIP\", \"x\": 1}")).TypeName);

    [Fact]
    public void Read_MessageIdThatIsNoUuid_IsRecognisedAgain()
    {
        const string Line = "{\"type\": \"GET_PEERS\", \"sender\": \"1\", \"message_id\": \"m-17\"}";
        Assert.NotEqual(default, Read(Line)!.Key);
        Assert.Equal(Read(Line)!.Key, Read(Line)!.Key);
    }

    [Theory]
    [InlineData("[]", MalformedReason.NotAnObject)]
    [InlineData("{} {}", MalformedReason.NotJson)]
    [InlineData("hello", MalformedReason.NotJson)]
    [InlineData("{}", MalformedReason.MissingField)]
    [InlineData("{\"type\": 7}", MalformedReason.WrongType)]
    [InlineData("{\"type\": \"PING\", \"sender\": \"1\", \"timestamp\": 1}", MalformedReason.MissingField)]
    [InlineData("{\"type\": \"PING\", \"sender\": \"1\", \"timestamp\": \"1\", " + Id + "}", MalformedReason.WrongType)]
    [InlineData("{\"type\": \"PING\", \"sender\": \"@1\", \"timestamp\": 1, " + Id + "}", MalformedReason.BadId)]
    [InlineData("{\"type\": \"PING\", \"sender\": \"\", \"timestamp\": 1, " + Id + "}", MalformedReason.BadId)]
    [InlineData(
        "{\"type\": \"INV\", \"sender\": \"1\", \"block_ids\": [\"GENESIS\"], " + Id + "}", MalformedReason.BadId)]
    [InlineData(
        "{\"type\": \"INV\", \"sender\": \"1\", \"block_ids\": [\"" + Zero + "\"], " + Id + "}", MalformedReason.BadId)]
    [InlineData("{\"type\": \"INV\", \"sender\": \"1\", \"block_ids\": [1], " + Id + "}", MalformedReason.WrongType)]
    [InlineData("{\"type\": \"HELLO\", \"sender\": \"1\", \"ip\": \"a\", \"port\": 65536, " + Id + "}",
        MalformedReason.BadNumber)]
    [InlineData("{\"type\": \"HELLO\", \"sender\": \"1\", \"ip\": \"a\", \"port\": 1.5, " + Id + "}",
        MalformedReason.BadNumber)]
    [InlineData("{\"type\": \"HELLO\", \"sender\": \"1\", \"ip\": \"a\", \"port\": 1, \"flags\": [], " + Id + "}",
        MalformedReason.WrongType)]
    [InlineData("{\"type\": \"PEERS\", \"sender\": \"1\", \"peers\": [7], " + Id + "}", MalformedReason.WrongType)]
    [InlineData("{\"type\": \"TX\", \"tx_id\": \"" + Hex
        + "\", \"from\": 1, \"to\": \"2\", \"amount\": 1, \"timestamp\": 1}", MalformedReason.WrongType)]
    [InlineData("{\"type\": \"TX\", \"tx_id\": \"" + Hex + "\", \"from\": \"1\", \"to\": \"2\", \"timestamp\": 1}",
        MalformedReason.MissingField)]
    public void Read_MalformedLine_SaysWhy(string line, MalformedReason expected)
    {
        Assert.Equal(
            ReadOutcome.Malformed, MessageCodec.Read(Encoding.UTF8.GetBytes(line), out var message, out var reason));
        Assert.Equal(expected, reason);
        Assert.Null(message);
    }

    [Fact]
    public void Read_TooManyIds_IsMalformed()
    {
        var ids = string.Join(',', Enumerable.Repeat('"' + Hex + '"', WireLimits.ListItems + 1));
        MessageCodec.Read(
            Encoding.ASCII.GetBytes(
                "{\"type\":\"INV\",\"sender\":\"1\",\"block_ids\":[" + ids + "]," + Id + "}"), out _, out var reason);
        Assert.Equal(MalformedReason.TooManyItems, reason);
    }

    [Fact]
    public void Read_RelayInRelay_IsMalformed()
    {
        var inner = "{\"type\": \"RELAY\", \"sender\": \"1\", \"target\": \"2\", \"payload\": " + Tx + ", " + Id + "}";
        MessageCodec.Read(
            Encoding.UTF8.GetBytes(inner.Replace(Tx, inner, StringComparison.Ordinal)), out _, out var reason);
        Assert.Equal(MalformedReason.NestedRelay, reason);
    }

    [Fact]
    public void Read_RelayOfTransaction_VerifiesPayloadAndKeepsLine()
    {
        var line = " {\"type\": \"RELAY\", \"sender\": \"1\", \"target\": \"2\", \"p\\u0061yload\":  " + Tx + " , "
            + Id + "} ";
        var relay = Assert.IsType<Relay>(Read(line));
        var transaction = Assert.IsType<Transaction>(relay.Payload);
        Assert.True(transaction.HasValidId);
        Assert.Equal(Tx, Encoding.UTF8.GetString(transaction.Json.Span));
        Assert.Equal(line.Trim() + "\n", Sample.Text(relay));
    }

    [Fact]
    public void Read_BlockWithAFalseTransaction_IsNotValid()
    {
        var good = TransactionFactory.Create("1", "2", 3, 4.5);
        var bad = good with { Id = Sample.Hash(7) };
        Assert.False(BlockFactory.Create(new PeerId("1"), 5, Hash256.Genesis, [good, bad]).HasValidId);
    }

    [Fact]
    public void TransactionAt_EachIndex_IsTheTransactionPutIn()
    {
        var transactions = Enumerable.Range(0, 30)
            .Select(i => TransactionFactory.Create(
                "5001", new string('x', i * 10), i, i + 0.5, Sample.TraceParent)).ToArray();
        var block = BlockFactory.Create(new PeerId("1"), 5, Hash256.Genesis, transactions);
        Assert.True(block.HasValidId);
        Assert.Equal(transactions.Select(t => (t.Id, t.To, t.Amount, t.Timestamp)),
            block.Transactions.Select(t => (t.Id, t.To, t.Amount, t.Timestamp)));
        Assert.DoesNotContain("traceparent", Sample.Text(block), StringComparison.Ordinal);
    }

    [Fact]
    public void WithTrace_OfATransactionThatHasAnother_ReplacesItAndKeepsAllElse()
    {
        var more = Tx[..^1] + ", \"note\": \"kept\", \"traceparent\": \"" + Sample.TraceParent + "\"}";
        const string Other = "00-11111111111111111111111111111111-2222222222222222-01";
        var came = Assert.IsType<Transaction>(Read(more));

        var handedOn = TransactionFactory.WithTrace(came, Other, Sample.TraceState);

        var read = Assert.IsType<Transaction>(Read(Sample.Text(handedOn).TrimEnd('\n')));
        Assert.Equal((Other, Sample.TraceState, true), (read.TraceParent, read.TraceState, read.HasValidId));
        Assert.Equal((came.Id, came.To, came.Amount, came.Timestamp), (read.Id, read.To, read.Amount, read.Timestamp));
        Assert.Contains("\"note\": \"kept\"", Sample.Text(handedOn), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(", \"tracestate\": \"a=b\"")]
    [InlineData(", \"traceparent\": \"no context\", \"tracestate\": \"a=b\"")]
    [InlineData(", \"traceparent\": \"" + Sample.TraceParent + "\", \"tracestate\": 5")]
    [InlineData(", \"traceparent\": \"" + Sample.TraceParent + "\", \"tracestate\": \"\"")]
    [InlineData(", \"traceparent\": \"" + Sample.TraceParent + "\", \"tracestate\": \"a=\u00e9\"")]
    public void Read_TraceStateThatIsNone_CountsAsAbsent(string fields)
    {
        Assert.Null(Read(Tx[..^1] + fields + "}")!.TraceState);
        Assert.Null(Read("{\"type\":\"INV\",\"sender\":\"1\",\"block_ids\":[]," + Id + fields + "}")!.TraceState);
    }

    [Fact]
    public void Read_TraceStateOfMoreThan512Characters_CountsAsAbsent()
    {
        static string? Of(int length) => Read(
            Tx[..^1] + ", \"traceparent\": \"" + Sample.TraceParent + "\", \"tracestate\": \""
            + new string('a', length) + "\"}")!.TraceState;
        Assert.Equal(512, Of(512)!.Length);
        Assert.Null(Of(513));
    }

    [Fact]
    public void Read_Transaction_AllocatesLittle()
    {
        var line = Encoding.UTF8.GetBytes(Tx);
        MessageCodec.Read(line, out _, out _);
        const int Times = 1_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            MessageCodec.Read(line, out _, out _);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Times, 1, 400);
    }

    [Fact]
    public void Read_BufferOverwrittenAfterwards_MessageUnchanged()
    {
        var line = Encoding.UTF8.GetBytes(Tx);
        MessageCodec.Read(line, out var message, out _);
        line.AsSpan().Fill((byte)'x');
        Assert.Equal(Tx + "\n", Sample.Text(message!));
    }

    private static Message? Read(string line)
    {
        Assert.Equal(ReadOutcome.Message, MessageCodec.Read(Encoding.UTF8.GetBytes(line), out var message, out _));
        return message;
    }
}
