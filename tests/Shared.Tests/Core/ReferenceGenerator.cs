namespace Blockchain.Shared.Tests.Core;

/// <summary>
/// xoshiro256** and SplitMix64, written from the C of their authors (prng.di.unimi.it), one line for each of theirs.
/// </summary>
internal sealed class ReferenceGenerator(ulong[] s)
{
    public static ReferenceGenerator Seeded(ulong seed)
    {
        var state = SplitMix(seed).Take(4).ToArray();
        return new ReferenceGenerator(state);
    }

    public static IEnumerable<ulong> SplitMix(ulong x)
    {
        while (true)
        {
            ulong z = x += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            yield return z ^ (z >> 31);
        }
    }

    public ulong Next()
    {
        ulong result = Rotl(s[1] * 5, 7) * 9;
        ulong t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = Rotl(s[3], 45);
        return result;
    }

    private static ulong Rotl(ulong x, int k) => (x << k) | (x >> (64 - k));
}
