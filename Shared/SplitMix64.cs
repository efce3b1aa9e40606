namespace Blockchain.Shared;

/// <summary>
/// A stream of random numbers in eight bytes: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014). For streams of which there are millions; and to fill the state of <see cref="SeededRandom"/>.
/// </summary>
/// <param name="seed">Any number; streams of neighbouring seeds have nothing in common.</param>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>
    /// The seed of one of many streams. Each number is mixed in after those before it were scattered: with a multiple of
    /// the increment below instead, neighbouring streams would be one stream, a word apart.
    /// </summary>
    public static ulong SeedOf(ulong seed, params ReadOnlySpan<ulong> numbers)
    {
        foreach (var number in numbers)
        {
            seed = new SplitMix64(seed).NextUInt64() ^ (number * 0xD1B5_4A32_D192_ED03);
        }

        return new SplitMix64(seed).NextUInt64();
    }

    public ulong NextUInt64()
    {
        var z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => probability > 0 && NextDouble() < probability;
}
