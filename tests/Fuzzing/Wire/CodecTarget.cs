using System.Buffers;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Wire;

/// <summary>
/// One line: nothing throws, its canonical form and the message are those of the slow rules, and what was read is
/// written as the same message.
/// </summary>
public sealed class CodecTarget : IFuzzTarget
{
    private static readonly MalformedReason[] JsonReasons =
    [
        MalformedReason.NotJson, MalformedReason.TooDeep, MalformedReason.DuplicateKey, MalformedReason.BadNumber,
        MalformedReason.BadString,
    ];

    public string Name => "codec";

    public byte[] Draw(SeededRandom random) => LineDraw.Draw(random);

    public IReadOnlyList<byte[]> PartsOf(byte[] input) => [.. input.Chunk(1)];

    public void Check(byte[] input)
    {
        var canonical = new ArrayBufferWriter<byte>();
        var isCanonical = CanonicalJson.Write(input, canonical) == MalformedReason.None;
        FuzzException.UnlessSame(
            SlowCanonicaliser.Canonicalise(input),
            isCanonical ? Encoding.ASCII.GetString(canonical.WrittenSpan) : null,
            "canonical form");

        var outcome = MessageCodec.Read(input, out var message, out var reason);
        if (!isCanonical)
        {
            FuzzException.UnlessSame(ReadOutcome.Malformed, outcome, "outcome");
            FuzzException.Unless(JsonReasons.Contains(reason), $"{reason} is no reason for what is no JSON");
            return;
        }

        var (expectedReason, expected) = SlowReader.Read(input);
        FuzzException.UnlessSame(expectedReason, reason, "reason");
        FuzzException.UnlessSame(
            expectedReason == MalformedReason.None, outcome == ReadOutcome.Message, "is a message");
        SameMessage.Check(expected, message);
        if (message is not (null or UnknownMessage))
        {
            CheckWritten(message);
        }
    }

    private static void CheckWritten(Message message)
    {
        var line = LineDraw.LineOf(message);
        FuzzException.UnlessSame(
            ReadOutcome.Message, MessageCodec.Read(line, out var again, out var reason), $"written, {reason}");
        SameMessage.Check(message, again);
    }
}
