using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Receiving;

/// <summary>
/// What the copies of a RELAY are recognised by, so that each relay passes it on once: a hash of all that it says, and
/// not its <c>message_id</c> alone, which anybody who has seen it could use first for something else.
/// </summary>
internal static class RelayKey
{
    // An id of the payload and one of the RELAY, the type of the payload, and two names.
    private const int IdBytes = 16;
    private const int FixedBytes = (2 * IdBytes) + 1;
    private const int LongestOnStack = 1_024;

    public static MessageId Of(Relay relay)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (relay.Json.Length > 0)
        {
            SHA256.HashData(relay.Json.Span, hash);
        }
        else
        {
            HashParts(relay, hash);
        }

        return new MessageId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>The same of a RELAY whose origin is proven, and so answers for its <c>message_id</c>.</summary>
    public static MessageId OfProven(PeerId origin, MessageId id)
    {
        var length = IdBytes + Encoding.UTF8.GetByteCount(origin.Value);
        Span<byte> parts = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteUInt128BigEndian(parts, id.Value);
        Encoding.UTF8.GetBytes(origin.Value, parts[IdBytes..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(parts, hash);
        return new MessageId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Within one process, where no line was read, the ids stand for what the messages say.</summary>
    private static void HashParts(Relay relay, Span<byte> hash)
    {
        var (sender, target) = (relay.Sender.Value, relay.Target.Value);
        var length = FixedBytes + Encoding.UTF8.GetMaxByteCount(sender.Length + target.Length + 1);
        var parts = length <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[length];
        BinaryPrimitives.WriteUInt128BigEndian(parts, relay.Id.Value);
        BinaryPrimitives.WriteUInt128BigEndian(parts[IdBytes..], relay.Payload.Key.Value);
        parts[2 * IdBytes] = (byte)relay.Payload.Type;
        var end = FixedBytes + Encoding.UTF8.GetBytes(sender, parts[FixedBytes..]);

        // No UTF-8 text has this byte, so that the two names cannot be divided in another way.
        parts[end++] = byte.MaxValue;
        end += Encoding.UTF8.GetBytes(target, parts[end..]);
        SHA256.HashData(parts[..end], hash);
    }
}
