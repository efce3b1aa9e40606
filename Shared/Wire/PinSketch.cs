namespace Blockchain.Shared.Wire;

/// <summary>
/// A sketch of a set of numbers other than zero: two sketches, added up, are that of the difference of the two sets, and
/// from it as many numbers can be read as it has sums. PinSketch (Y. Dodis, L. Reyzin and A. Smith, "Fuzzy extractors",
/// 2004), with the field GF(2^32) and the modulus x^32 + x^7 + x^3 + x^2 + 1 of BIP 330 and its library minisketch.
/// </summary>
public sealed class PinSketch
{
    /// <summary>Sums at most: reading them takes time that grows with the square.</summary>
    public const int MaxCapacity = 64;

    /// <summary>Hexadecimal digits of a sum on the wire.</summary>
    public const int Digits = 8;

    private readonly uint[] _sums;

    /// <param name="capacity">How many numbers can be read from it.</param>
    public PinSketch(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _sums = new uint[capacity];
    }

    public PinSketch(IReadOnlyList<ulong> sums)
        : this(sums.Count)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] = (uint)sums[i];
        }
    }

    public int Capacity => _sums.Length;

    /// <summary>The sums of the first, third, fifth … powers.</summary>
    public ulong[] Sums => [.. _sums.Select(sum => (ulong)sum)];

    /// <summary>Adds a number, or takes it away if it is in.</summary>
    public void Toggle(uint number)
    {
        Assertions.That(number != 0, "Zero has no powers to be known by.");
        var (power, square) = (number, Gf32.Multiply(number, number));
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] ^= power;
            power = Gf32.Multiply(power, square);
        }
    }

    /// <summary>Makes it the sketch of what only one of the two sets has.</summary>
    public void Add(PinSketch other)
    {
        Assertions.That(other.Capacity == Capacity, "Two sketches of one size.");
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] ^= other._sums[i];
        }
    }

    /// <returns>The numbers that are in; null if there are more than it has sums.</returns>
    public uint[]? Read()
    {
        var locator = Gf32Polynomial.Shortest(AllSums());
        if (locator.Length - 1 > Capacity)
        {
            return null;
        }

        // The numbers are the inverses of its roots: the roots of its reverse.
        Array.Reverse(locator);
        var numbers = Gf32Polynomial.Roots(locator);
        return numbers is not null && IsSketchOf(numbers) ? numbers : null;
    }

    private uint[] AllSums()
    {
        var all = new uint[2 * _sums.Length];
        for (var i = 0; i < all.Length; i++)
        {
            // The sum of the squares is the square of the sum.
            all[i] = i % 2 == 0 ? _sums[i / 2] : Gf32.Multiply(all[i / 2], all[i / 2]);
        }

        return all;
    }

    private bool IsSketchOf(uint[] numbers)
    {
        var again = new PinSketch(Capacity);
        foreach (var number in numbers)
        {
            if (number == 0)
            {
                return false;
            }

            again.Toggle(number);
        }

        return again._sums.AsSpan().SequenceEqual(_sums);
    }
}
