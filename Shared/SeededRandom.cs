using System.Numerics;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// Reproducible randomness: xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
/// 2021), its state filled by SplitMix64 as its authors advise. The same seed gives the same numbers on every machine.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public SeededRandom(ulong seed)
    {
        var fill = new SplitMix64(seed);
        _s0 = fill.NextUInt64();
        _s1 = fill.NextUInt64();
        _s2 = fill.NextUInt64();
        _s3 = fill.NextUInt64();
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Uniform in [0, exclusiveMax), by Lemire's multiplication (its bias below 2^-32 is of no matter here).
    /// </summary>
    public int Next(int exclusiveMax) => (int)(((NextUInt64() >> 32) * (ulong)exclusiveMax) >> 32);

    public bool Chance(double probability) => probability > 0 && NextDouble() < probability;

    public double Within(Range<double> range) => range.Min + ((range.Max - range.Min) * NextDouble());

    public TimeSpan Within(Range<TimeSpan> range) => range.Min + ((range.Max - range.Min) * NextDouble());

    /// <summary>Uniform in mean × (1 ± share).</summary>
    public TimeSpan Jittered(TimeSpan mean, double share) => mean * (1 + (share * ((2 * NextDouble()) - 1)));

    /// <summary>A random UUID, version 4 of RFC 9562.</summary>
    public MessageId NextMessageId()
    {
        var high = (NextUInt64() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        var low = (NextUInt64() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return new MessageId(new UInt128(high, low));
    }

    public Hash256 NextHash()
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        for (var i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[i..], NextUInt64());
        }

        return new Hash256(bytes);
    }

    /// <summary>Moves a random choice of <paramref name="count"/> items to the front of the list.</summary>
    public void ShuffleFront<T>(IList<T> items, int count)
    {
        for (var i = 0; i < count && i < items.Count - 1; i++)
        {
            var j = i + Next(items.Count - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
