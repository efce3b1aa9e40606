namespace Blockchain.Shared.Wire;

/// <summary>The field GF(2^32), modulo x^32 + x^7 + x^3 + x^2 + 1. Adding is XOR.</summary>
internal static class Gf32
{
    public const int Bits = 32;

    private const ulong Modulus = 0x1_0000_008D;

    public static uint Multiply(uint a, uint b)
    {
        ulong product = 0;
        for (ulong shifted = a; b != 0; b >>= 1, shifted <<= 1)
        {
            product ^= (b & 1) == 0 ? 0 : shifted;
        }

        for (var bit = (2 * Bits) - 2; bit >= Bits; bit--)
        {
            product ^= (product >> bit & 1) == 0 ? 0 : Modulus << (bit - Bits);
        }

        return (uint)product;
    }

    /// <summary>Of zero, zero.</summary>
    public static uint Inverse(uint a)
    {
        // a^(2^32 - 2), by Fermat.
        uint result = 1;
        for (var i = 1; i < Bits; i++)
        {
            a = Multiply(a, a);
            result = Multiply(result, a);
        }

        return result;
    }
}
