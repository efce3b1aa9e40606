using System.Buffers.Binary;

namespace Blockchain.Shared.Wire;

/// <summary>
/// The short ids of a compact block (BIP 152): the lowest 48 bits of the SipHash-2-4 of a <c>tx_id</c>, with a key from
/// the block's id and a nonce, so that nobody can make transactions that collide at all peers.
/// </summary>
public readonly struct ShortIds
{
    /// <summary>Hexadecimal digits of one.</summary>
    public const int Digits = 12;

    private const ulong Mask = 0xFFFF_FFFF_FFFF;

    private readonly SipHash _hash;

    public ShortIds(Hash256 blockId, ulong nonce)
    {
        Span<byte> text = stackalloc byte[Hash256.ByteLength + sizeof(ulong)];
        blockId.WriteBytes(text);
        BinaryPrimitives.WriteUInt64LittleEndian(text[Hash256.ByteLength..], nonce);
        _hash = SipHash.Keyed(text);
    }

    public ulong Of(Hash256 transactionId) => _hash.Of(transactionId) & Mask;
}
