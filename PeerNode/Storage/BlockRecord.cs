using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Storage;

/// <summary>
/// What a row of a block holds beside the block's JSON: all that would otherwise have to be read from the JSON and
/// hashed again at each start, which takes ten times as long. A checksum over both tells whether the row is as it was
/// written.
/// </summary>
/// <remarks>
/// Integers are little-endian:
/// <code>
/// u16 length of the maker's id, its UTF-8, f64 timestamp, 32 bytes id, 32 bytes parent (zero: GENESIS),
/// i32 number of transactions, 32 bytes id of each, two i32 for each: where it stands in the JSON
/// </code>
/// </remarks>
internal static class BlockRecord
{
    public static byte[] Write(BlockHeader header, Block? block)
    {
        var ids = block?.TransactionIds ?? [];
        var maker = Encoding.UTF8.GetByteCount(header.Sender.Value);
        var record = new byte[
            sizeof(ushort) + maker + sizeof(double) + (2 * Hash256.ByteLength) + sizeof(int)
            + (ids.Length * (Hash256.ByteLength + (2 * sizeof(int))))];
        var rest = record.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(Take(ref rest, sizeof(ushort)), (ushort)maker);
        Encoding.UTF8.GetBytes(header.Sender.Value, Take(ref rest, maker));
        BinaryPrimitives.WriteDoubleLittleEndian(Take(ref rest, sizeof(double)), header.Timestamp);
        header.Id.WriteBytes(Take(ref rest, Hash256.ByteLength));
        header.PreviousId.WriteBytes(Take(ref rest, Hash256.ByteLength));
        BinaryPrimitives.WriteInt32LittleEndian(Take(ref rest, sizeof(int)), ids.Length);
        foreach (var id in ids)
        {
            id.WriteBytes(Take(ref rest, Hash256.ByteLength));
        }

        foreach (var place in block?.TransactionSpans ?? [])
        {
            BinaryPrimitives.WriteInt32LittleEndian(Take(ref rest, sizeof(int)), place);
        }

        return record;
    }

    /// <summary>CRC-32C (Castagnoli) over the whole row; it finds every change of up to three bits, or 32 in a
    /// row.</summary>
    public static uint Checksum(long number, long acceptedAt, ReadOnlySpan<byte> record, ReadOnlySpan<byte> json)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)number), (ulong)acceptedAt);
        return ~Add(Add(BitOperations.Crc32C(crc, (uint)record.Length), record), json);
    }

    /// <summary>Reads a row that the checksum has found intact.</summary>
    /// <param name="json">Null on a light peer.</param>
    public static StoredBlock Read(long acceptedAt, ReadOnlySpan<byte> record, byte[]? json)
    {
        var maker = Take(ref record, BinaryPrimitives.ReadUInt16LittleEndian(Take(ref record, sizeof(ushort))));
        var timestamp = BinaryPrimitives.ReadDoubleLittleEndian(Take(ref record, sizeof(double)));
        var id = new Hash256(Take(ref record, Hash256.ByteLength));
        var previous = new Hash256(Take(ref record, Hash256.ByteLength));
        var header = new BlockHeader(new PeerId(Encoding.UTF8.GetString(maker)), timestamp, id, previous);
        if (json is null)
        {
            return new StoredBlock(new TimeSpan(acceptedAt), header, null);
        }

        var ids = new Hash256[BinaryPrimitives.ReadInt32LittleEndian(Take(ref record, sizeof(int)))];
        foreach (ref var transaction in ids.AsSpan())
        {
            transaction = new Hash256(Take(ref record, Hash256.ByteLength));
        }

        var places = new int[2 * ids.Length];
        foreach (ref var place in places.AsSpan())
        {
            place = BinaryPrimitives.ReadInt32LittleEndian(Take(ref record, sizeof(int)));
        }

        // Only what was verified is ever accepted, and so written.
        return new StoredBlock(
            new TimeSpan(acceptedAt), header, new Block(header, ids, places, json, HasValidId: true));
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var last in bytes)
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return crc;
    }

    private static Span<byte> Take(ref Span<byte> from, int count)
    {
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        var taken = from[..count];
        from = from[count..];
        return taken;
    }
}
