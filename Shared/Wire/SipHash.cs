using System.Buffers.Binary;
using System.Numerics;

namespace Blockchain.Shared.Wire;

/// <summary>
/// SipHash-2-4 (J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", 2012), of 32 bytes: what BIP 152
/// and BIP 330 make short ids with. Who does not know the key before the ids are made cannot choose two that collide.
/// </summary>
public readonly struct SipHash
{
    private readonly ulong _k0;
    private readonly ulong _k1;

    public SipHash(ulong k0, ulong k1) => (_k0, _k1) = (k0, k1);

    /// <summary>The key is the first two 64-bit numbers, least significant byte first, of a SHA-256.</summary>
    public static SipHash Keyed(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[Hash256.ByteLength];
        Hash256.Compute(text).WriteBytes(hash);
        return new SipHash(
            BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]));
    }

    public ulong Of(Hash256 id)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        id.WriteBytes(bytes);
        return Of(bytes);
    }

    public ulong Of(ReadOnlySpan<byte> text)
    {
        var state = new State(_k0, _k1);
        var words = text.Length / sizeof(ulong);
        for (var i = 0; i < words; i++)
        {
            state.Add(BinaryPrimitives.ReadUInt64LittleEndian(text[(i * sizeof(ulong))..]));
        }

        var last = (ulong)text.Length << 56;
        for (var i = words * sizeof(ulong); i < text.Length; i++)
        {
            last |= (ulong)text[i] << (8 * (i % sizeof(ulong)));
        }

        state.Add(last);
        return state.Finish();
    }

    private ref struct State(ulong k0, ulong k1)
    {
        private ulong _v0 = 0x736f6d6570736575 ^ k0;
        private ulong _v1 = 0x646f72616e646f6d ^ k1;
        private ulong _v2 = 0x6c7967656e657261 ^ k0;
        private ulong _v3 = 0x7465646279746573 ^ k1;

        public void Add(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xff;
            for (var i = 0; i < 4; i++)
            {
                Round();
            }

            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
