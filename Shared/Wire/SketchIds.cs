using System.Buffers.Binary;

namespace Blockchain.Shared.Wire;

/// <summary>
/// The short ids of a set reconciliation (BIP 330): 32 bits of the SipHash-2-4 of a <c>tx_id</c>, none of them zero.
/// The key is of one comparison alone, since its nonce is: two that collide now do not the next time.
/// </summary>
public readonly struct SketchIds
{
    private readonly SipHash _hash;

    public SketchIds(ulong nonce)
    {
        Span<byte> text = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(text, nonce);
        _hash = SipHash.Keyed(text);
    }

    public uint Of(Hash256 transactionId) => 1 + (uint)(_hash.Of(transactionId) % uint.MaxValue);
}
