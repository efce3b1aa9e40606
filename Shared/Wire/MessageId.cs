using System.Buffers.Binary;

namespace Blockchain.Shared.Wire;

/// <summary>
/// What duplicates of a message are recognised by: the 128 bits of its UUID. A foreign node's <c>message_id</c> that is
/// no UUID is represented by the first 128 bits of its SHA-256. TX and BLOCK are recognised by their own id.
/// </summary>
public readonly record struct MessageId(UInt128 Value)
{
    public static MessageId Of(Hash256 id) => new(id.Leading128);

    public static MessageId Of(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    public override string ToString() => ToGuid().ToString("D");

    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new Guid(bytes, bigEndian: true);
    }
}
