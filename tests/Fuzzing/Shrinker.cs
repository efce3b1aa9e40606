namespace Blockchain.Fuzzing;

/// <summary>
/// Makes a failing input small: leaves out parts as long as it still fails, first half of them at a time, then ever
/// fewer (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
/// </summary>
/// <remarks>
/// CsCheck shrinks by drawing anew until something smaller fails, which seldom finds one message less of a conversation
/// of hundreds, and its cases are seeds, which mean something else as soon as a generator changes. The files of a
/// corpus must stay what they are.
/// </remarks>
public static class Shrinker
{
    private const int MostTries = 5_000;

    /// <param name="fails">Whether an input fails in the same way.</param>
    public static byte[] Shrink(IFuzzTarget target, byte[] input, Func<byte[], bool> fails)
    {
        var parts = target.PartsOf(input).ToList();
        var tries = 0;
        for (var size = Math.Max(1, parts.Count / 2); ; size = Math.Max(1, size / 2))
        {
            var isSmaller = false;
            for (var at = 0; at < parts.Count && tries < MostTries;)
            {
                var count = Math.Min(size, parts.Count - at);
                List<byte[]> rest = [.. parts[..at], .. parts[(at + count)..]];
                tries++;
                if (fails(Join(rest)))
                {
                    parts = rest;
                    isSmaller = true;
                }
                else
                {
                    at += count;
                }
            }

            if (tries >= MostTries || (size == 1 && !isSmaller))
            {
                return Join(parts);
            }
        }
    }

    private static byte[] Join(IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];
}
