using System.Text;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Identity;

/// <summary>What is signed is believed, as long as nothing of it is changed.</summary>
public sealed class SignedNetworkTests
{
    private static readonly NetworkPlan Plan = TestSignatures.Plan(Make.Info("a"), Make.Info("b"));
    private static readonly SignedNetwork A = TestSignatures.NetworkOf("a", Plan);
    private static readonly SignedNetwork B = TestSignatures.NetworkOf("b", Plan);

    [Fact]
    public void Transaction_SignedByItsMaker_IsProvenAndKeepsItsId()
    {
        var plain = Payment();
        var signed = Sent(A.Sign(plain));

        Assert.Equal(plain.Id, signed.Id);
        Assert.True(signed.HasValidId);
        Assert.Equal(Verdict.Proven, B.Judge(signed));
    }

    [Fact]
    public void Transaction_WithoutSignature_IsBad() => Assert.Equal(Verdict.BadSignature, B.Judge(Payment()));

    [Fact]
    public void Transaction_SignedByAnother_IsBad() => Assert.Equal(Verdict.BadSignature, A.Judge(B.Sign(Payment())));

    [Fact]
    public void Transaction_OfSomebodyWithoutAKey_IsOfAnUnknownMaker() =>
        Assert.Equal(Verdict.UnknownMaker, B.Judge(A.Sign(TransactionFactory.Create("nobody", "b", 1, 1))));

    [Fact]
    public void Transaction_SignatureOfAnother_IsBad()
    {
        var (one, other) = (Text(A.Sign(Payment(1))), Text(A.Sign(Payment(2))));
        var mixed = one.Replace(SignatureIn(one), SignatureIn(other), StringComparison.Ordinal);
        Assert.Equal(Verdict.BadSignature, B.Judge(Read<Transaction>(mixed)));
    }

    /// <summary>A tracer writes beside what the signature covers.</summary>
    [Fact]
    public void Transaction_WithATraceContext_StaysProven()
    {
        var traced = TransactionFactory.WithTrace(A.Sign(Payment()), $"00-{new string('a', 52)}", "blockchain=hops:1");
        Assert.Equal(Verdict.Proven, B.Judge(Sent(traced)));
    }

    [Fact]
    public void Transaction_FalseId_IsLeftToWhoLooksAtIds() =>
        Assert.Equal(Verdict.Proven, B.Judge(Payment() with { HasValidId = false }));

    [Fact]
    public void Block_SignedByItsMaker_IsProvenWithTheSignaturesOfItsTransactions()
    {
        var block = Sent(SignedBlock(A.Sign(Payment(1)), A.Sign(Payment(2))));

        Assert.True(block.HasValidId);
        Assert.Equal(2, block.TransactionIds.Length);
        Assert.Equal(Verdict.Proven, B.Judge(block));
        Assert.All(block.Transactions, transaction => Assert.Equal(Verdict.Proven, B.Judge(transaction)));
    }

    [Fact]
    public void Block_WithoutSignature_IsBad() => Assert.Equal(Verdict.BadSignature, B.Judge(PlainBlock("a")));

    [Fact]
    public void Block_SignedByAnother_IsBad() =>
        Assert.Equal(Verdict.BadSignature, A.Judge(B.Sign(PlainBlock("a"), [])));

    [Fact]
    public void Block_OfSomebodyWithoutAKey_IsOfAnUnknownMaker() =>
        Assert.Equal(Verdict.UnknownMaker, B.Judge(A.Sign(PlainBlock("nobody"), [])));

    [Fact]
    public void Block_WithATransactionThatNobodySigned_IsBad() =>
        Assert.Equal(Verdict.BadSignature, B.Judge(SignedBlock(A.Sign(Payment(1)), Payment(2))));

    /// <summary>Else anybody could make another block of the same maker by adding a field.</summary>
    [Theory]
    [InlineData(", \"work_nonce\": 7")]
    [InlineData(", \"anything\": true")]
    public void Block_AFieldAdded_IsBad(string field)
    {
        var more = WithField(SignedBlock(), field);
        Assert.True(more.HasValidId);
        Assert.Equal(Verdict.BadSignature, B.Judge(more));
    }

    /// <summary>With work, the nonce is looked for after the block was signed.</summary>
    [Theory]
    [InlineData(", \"work_nonce\": 7", Verdict.Proven)]
    [InlineData(", \"anything\": true", Verdict.BadSignature)]
    public void Block_InANetworkWithWork_LeavesOutTheNonceAlone(string field, Verdict expected)
    {
        var plan = new NetworkPlan(Plan.Peers) { IsSigned = true, Work = 8 };
        var block = TestSignatures.NetworkOf("a", plan).Sign(PlainBlock("a"), []);

        Assert.Equal(expected, TestSignatures.NetworkOf("b", plan).Judge(WithField(block, field)));
    }

    /// <summary>
    /// What a behaviour has forged is signed all the same, or it would be refused for the wrong reason.
    /// </summary>
    [Fact]
    public void Block_FalseId_StaysFalse()
    {
        var forged = BlockFactory.CreateForged(new PeerId("a"), 1, Hash256.Genesis, [], Make.Hash("false"));
        var signed = A.Sign(forged, []);
        Assert.Equal(Make.Hash("false"), signed.Id);
        Assert.False(signed.HasValidId);
    }

    /// <summary>Thousands of signatures cost much; a block that nobody of the network made costs one.</summary>
    [Fact]
    public void Block_SignedByAnother_CostsOneVerification()
    {
        var signatures = new TestSignatures("b");
        Transaction[] transactions = [.. Enumerable.Range(1, 50).Select(i => A.Sign(Payment(i)))];
        var block = B.Sign(PlainBlock("a", transactions), transactions);

        Assert.Equal(Verdict.BadSignature, new SignedNetwork(Plan, signatures).Judge(block));
        Assert.Equal(1, signatures.Verified);
    }

    [Fact]
    public void Relay_SignedByItsOrigin_IsProvenOnTheWire()
    {
        var relay = Sent(A.Sign(Relayed("a", new Ping(new PeerId("a"), 5, Make.Id(2)))));
        Assert.Equal(Verdict.Proven, B.Judge(relay));
    }

    [Fact]
    public void Relay_TracedOnItsWay_StaysProven()
    {
        var relay = A.Sign(Relayed("a", new Inv(new PeerId("a"), [Make.Hash("x")], Make.Id(2))));
        var trace = $"00-{new string('a', 52)}";
        var traced = relay with { Payload = relay.Payload with { TraceParent = trace }, TraceParent = trace };
        Assert.Equal(Verdict.Proven, B.Judge(Sent(traced)));
    }

    [Theory]
    [InlineData("\"target\": \"b\"", "\"target\": \"a\"")]
    [InlineData("\"timestamp\": 5.0", "\"timestamp\": 5.5")]
    [InlineData("\"sender\": \"a\", \"target\"", "\"sender\": \"b\", \"target\"")]
    [InlineData("PING", "PONG")]
    public void Relay_AnythingChanged_IsBad(string old, string changed)
    {
        var text = Text(Sent(A.Sign(Relayed("a", new Ping(new PeerId("a"), 5, Make.Id(2))))));
        Assert.Contains(old, text);
        Assert.Equal(
            Verdict.BadSignature, B.Judge(Read<Relay>(text.Replace(old, changed, StringComparison.Ordinal))));
    }

    [Fact]
    public void Relay_WithoutSignatureOrOfNobody_IsNotProven()
    {
        var ping = new Ping(new PeerId("a"), 5, Make.Id(2));
        Assert.Equal(Verdict.BadSignature, B.Judge(Sent(Relayed("a", ping))));
        Assert.Equal(Verdict.UnknownMaker, B.Judge(Sent(A.Sign(Relayed("nobody", ping)))));
    }

    /// <summary>The origin answers for the envelope, the maker for what is in it.</summary>
    [Fact]
    public void Relay_OfATransactionThatNobodySigned_IsBad()
    {
        Assert.Equal(Verdict.BadSignature, B.Judge(Sent(A.Sign(Relayed("a", Payment())))));
        Assert.Equal(Verdict.Proven, B.Judge(Sent(A.Sign(Relayed("a", A.Sign(Payment()))))));
    }

    private static Transaction Payment(int amount = 1) => TransactionFactory.Create("a", "b", amount, 1.5);

    private static Block PlainBlock(string maker, params Transaction[] transactions) =>
        BlockFactory.Create(new PeerId(maker), 1.5, Hash256.Genesis, transactions);

    private static Block SignedBlock(params Transaction[] transactions) =>
        A.Sign(PlainBlock("a", transactions), transactions);

    private static Relay Relayed(string origin, Message payload) =>
        new(new PeerId(origin), new PeerId("b"), payload, Make.Id(1), default);

    /// <summary>A block with one field more, and the id that belongs to it.</summary>
    private static Block WithField(Block block, string field)
    {
        var without = Text(block).Replace($", \"block_id\": \"{block.Id}\"", field, StringComparison.Ordinal);
        using var tape = JsonTape.Read(Encoding.UTF8.GetBytes(without));
        var id = LedgerParser.BlockId(tape, block: 0);
        return Read<Block>($"{without[..^1]}, \"block_id\": \"{id}\"}}");
    }

    private static T Sent<T>(T message)
        where T : Message => Read<T>(Text(message));

    private static string Text(Message message)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        return Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n');
    }

    private static T Read<T>(string line)
        where T : Message
    {
        Assert.Equal(
            ReadOutcome.Message, MessageCodec.Read(Encoding.UTF8.GetBytes(line), out var message, out var reason));
        Assert.Equal(MalformedReason.None, reason);
        return Assert.IsType<T>(message);
    }

    private static string SignatureIn(string text) =>
        text[(text.IndexOf("signature\": \"", StringComparison.Ordinal) + 13)..][..Signature.HexLength];
}
