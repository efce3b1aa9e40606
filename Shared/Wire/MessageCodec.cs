using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>Messages from and to the lines of the wire, see <c>docs/wire.md</c>.</summary>
public static class MessageCodec
{
    /// <summary>
    /// Reads one line, given without its end. Ids are verified on the way, those inside a block or a RELAY's payload
    /// too. Nothing of the line is referred to afterwards: what a message keeps of it is copied, once.
    /// </summary>
    /// <returns><see cref="ReadOutcome.Message"/> or <see cref="ReadOutcome.Malformed"/>; never throws.</returns>
    public static ReadOutcome Read(ReadOnlySpan<byte> line, out Message? message, out MalformedReason reason)
    {
        reason = MessageParser.Parse(line, out message);
        return reason == MalformedReason.None ? ReadOutcome.Message : ReadOutcome.Malformed;
    }

    /// <summary>Writes the line of a message, its end included.</summary>
    /// <exception cref="ArgumentException">An <see cref="UnknownMessage"/>, of which nothing was kept.</exception>
    public static void Write(IBufferWriter<byte> output, Message message) => MessageWriter.Write(output, message);
}
