namespace Blockchain.Fuzzing;

/// <summary>An input was treated otherwise than the slow rule says.</summary>
public sealed class FuzzException(string message) : Exception(message)
{
    public static void Unless(bool condition, string message)
    {
        if (!condition)
        {
            throw new FuzzException(message);
        }
    }

    /// <param name="what">What was compared.</param>
    public static void UnlessSame<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new FuzzException($"{what}: {expected} expected, but it is {actual}");
        }
    }

    public static void UnlessSameList<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        if (!expected.SequenceEqual(actual))
        {
            throw new FuzzException($"{what}:\n  {string.Join(' ', expected)}\nexpected, but it is\n  "
                + string.Join(' ', actual));
        }
    }
}
