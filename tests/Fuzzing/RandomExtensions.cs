using Blockchain.Shared;

namespace Blockchain.Fuzzing;

/// <summary>Draws that every generator needs.</summary>
internal static class RandomExtensions
{
    public static T Pick<T>(this SeededRandom random, params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    /// <summary>Uniform in [min, max].</summary>
    public static int Within(this SeededRandom random, int min, int max) => min + random.Next(max - min + 1);

    public static T[] Many<T>(this SeededRandom random, int min, int max, Func<T> draw)
    {
        var items = new T[random.Within(min, max)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = draw();
        }

        return items;
    }

    public static T[] Shuffled<T>(this SeededRandom random, IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        random.ShuffleFront(shuffled, shuffled.Length);
        return shuffled;
    }

    /// <summary>
    /// A few bytes inserted, removed, replaced or repeated; by the alphabet of the input it often stays well formed.
    /// </summary>
    public static byte[] Edited(this SeededRandom random, byte[] bytes, ReadOnlySpan<byte> alphabet, int mostEdits = 3)
    {
        for (var edits = random.Within(0, mostEdits); edits > 0; edits--)
        {
            var at = random.Next(bytes.Length + 1);
            var end = Math.Min(at + 1, bytes.Length);
            var value = random.Chance(0.5) ? (byte)random.Next(256) : random.Pick(alphabet);
            bytes = random.Next(4) switch
            {
                0 => [.. bytes[..at], value, .. bytes[at..]],
                1 => [.. bytes[..at], .. bytes[end..]],
                2 => [.. bytes[..at], value, .. bytes[end..]],
                _ => [.. bytes[..at], .. bytes[Math.Max(0, at - random.Within(1, 60))..]],
            };
        }

        return bytes;
    }
}
