using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Identity;

/// <summary>
/// A network whose peers have keys: who belongs to it, and whether a message is by whom it says. It keeps nothing, so
/// that hosts can judge messages on many threads, before the peer sees them.
/// </summary>
/// <param name="plan">Who belongs to the network, with which key.</param>
/// <param name="signatures">Signs as this peer.</param>
public sealed class SignedNetwork(NetworkPlan plan, ISignatures signatures)
{
    /// <summary>In a network with work, a block is signed first, and then its nonce is looked for.</summary>
    private readonly bool _isMined = plan.Work > 0;

    /// <summary>What the plan says of a peer; null for one that does not belong to the network.</summary>
    public PeerInfo? InfoOf(PeerId id) => plan.TryGet(id, out var peer) ? peer.Info : null;

    /// <summary>Whether all that must be signed in a message is, and rightly. Its ids are judged elsewhere.</summary>
    public Verdict Judge(Message message)
    {
        if (message is not (Transaction { HasValidId: true } or Block { HasValidId: true } or Relay))
        {
            return Verdict.Proven;
        }

        var json = message is Block block ? block.Json
            : message is Transaction transaction ? transaction.Json
            : LineOf((Relay)message);
        using var tape = JsonTape.Read(json.Span);
        Assertions.That(tape.Reason == MalformedReason.None, "What was read once can be read again.");
        var fields = new FieldReader(tape, container: 0);
        return message is Relay relay ? JudgeRelay(ref fields, relay) : JudgeSigned(ref fields, message);
    }

    /// <summary>Whether a peer of the network has signed a text.</summary>
    internal bool Verify(PeerId signer, ReadOnlySpan<byte> text, Signature signature) =>
        TryKey(signer, out var key) && signatures.Verify(key, text, signature);

    internal Signature Sign(ReadOnlySpan<byte> text) => signatures.Sign(text);

    /// <summary>The same transaction with this peer's signature.</summary>
    public Transaction Sign(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var text = new PooledBytes(128);
        SignedText.OfTransaction(transaction.Id, ref text);
        var signature = signatures.Sign(text.Written);
        text.Dispose();

        var json = new PooledBytes(transaction.Json.Length + 160);
        json.Append(transaction.Json.Span[..^1]);
        MessageWriter.WriteSignature(ref json, signature);
        json.Append((byte)'}');
        var signed = transaction with { Json = json.Written.ToArray() };
        json.Dispose();
        return signed;
    }

    /// <summary>The same RELAY with this peer's signature.</summary>
    internal Relay Sign(Relay relay)
    {
        Assertions.That(relay.Json.IsEmpty, "A RELAY of another is passed on as it came.");
        var json = new PooledBytes(1_024);
        MessageWriter.WriteObject(ref json, relay);
        using var tape = JsonTape.Read(json.Written);
        var text = new PooledBytes(128);
        SignedText.OfRelay(tape, relay: 0, new FieldReader(tape, container: 0).Find(Field.Payload), ref text);
        var signed = relay with { Signature = signatures.Sign(text.Written) };
        text.Dispose();
        json.Dispose();
        return signed;
    }

    /// <summary>The same block with this peer's signature, and its transactions with those of their makers.</summary>
    /// <param name="made">As a behaviour has made it; if its id is false, so is that of what comes of it.</param>
    /// <param name="transactions">Those that it is made of.</param>
    internal Block Sign(Block made, IReadOnlyList<Transaction> transactions)
    {
        Assertions.That(
            !Assertions.AreOn || made.TransactionIds.Length <= transactions.Count, "Nobody makes up a transaction.");
        var given = new Dictionary<Hash256, Transaction>(transactions.Count);
        foreach (var transaction in transactions)
        {
            given[transaction.Id] = transaction;
        }

        var signed = made.Transactions.Select(own => given.GetValueOrDefault(own.Id, own)).ToArray();
        return BlockFactory.CreateSigned(
            made.Header, signed, made.HasValidId ? null : made.Id, without =>
            {
                using var tape = JsonTape.Read(without.Span);
                var text = new PooledBytes(128);
                SignedText.OfBlock(tape, block: 0, _isMined, ref text);
                var signature = signatures.Sign(text.Written);
                text.Dispose();
                return signature;
            });
    }

    /// <summary>As it came; of one that never was a line, within one process, as it would be one.</summary>
    private static ReadOnlyMemory<byte> LineOf(Relay relay)
    {
        if (!relay.Json.IsEmpty)
        {
            return relay.Json;
        }

        var json = new PooledBytes(1_024);
        MessageWriter.WriteObject(ref json, relay);
        var line = json.Written.ToArray();
        json.Dispose();
        return line;
    }

    private Verdict JudgeRelay(ref FieldReader fields, Relay relay)
    {
        if (!TryKey(relay.Sender, out var key))
        {
            return Verdict.UnknownMaker;
        }

        var payload = fields.Find(Field.Payload);
        var text = new PooledBytes(128);
        SignedText.OfRelay(fields.Tape, fields.Container, payload, ref text);
        var isRight = fields.SignatureIfAny() is { } signature && signatures.Verify(key, text.Written, signature);
        text.Dispose();
        if (!isRight)
        {
            return Verdict.BadSignature;
        }

        if (relay.Payload is not (Transaction { HasValidId: true } or Block { HasValidId: true }))
        {
            return Verdict.Proven;
        }

        var inner = new FieldReader(fields.Tape, payload);
        return JudgeSigned(ref inner, relay.Payload);
    }

    private Verdict JudgeSigned(ref FieldReader fields, Message message) => message is Block block
        ? JudgeBlock(ref fields, block)
        : JudgeTransaction(ref fields, ((Transaction)message).Id);

    private Verdict JudgeTransaction(ref FieldReader fields, Hash256 id)
    {
        // Of any length, but no peer has so long a name.
        if (!TryKey(new PeerId(fields.String(Field.From, int.MaxValue)), out var key))
        {
            return Verdict.UnknownMaker;
        }

        if (fields.SignatureIfAny() is not { } signature)
        {
            return Verdict.BadSignature;
        }

        var text = new PooledBytes(128);
        SignedText.OfTransaction(id, ref text);
        var isRight = signatures.Verify(key, text.Written, signature);
        text.Dispose();
        return isRight ? Verdict.Proven : Verdict.BadSignature;
    }

    /// <summary>The maker first: a stranger cannot have us verify thousands of transactions.</summary>
    private Verdict JudgeBlock(ref FieldReader fields, Block block)
    {
        if (!TryKey(block.Header.Sender, out var key))
        {
            return Verdict.UnknownMaker;
        }

        if (fields.SignatureIfAny() is not { } signature)
        {
            return Verdict.BadSignature;
        }

        var text = new PooledBytes(128);
        SignedText.OfBlock(fields.Tape, fields.Container, _isMined, ref text);
        var isRight = signatures.Verify(key, text.Written, signature);
        text.Dispose();
        var token = fields.Find(Field.Transactions);
        var verdict = isRight ? Verdict.Proven : Verdict.BadSignature;
        for (var i = 0; i < block.TransactionIds.Length && verdict == Verdict.Proven; i++)
        {
            var transaction = fields.NextItem(ref token);
            verdict = JudgeTransaction(ref transaction, block.TransactionIds[i]);
        }

        return verdict;
    }

    private bool TryKey(PeerId id, [NotNullWhen(true)] out PublicKey key)
    {
        key = plan.TryGet(id, out var peer) && peer.Key is { } found ? found : default;
        return peer?.Key is not null;
    }
}
