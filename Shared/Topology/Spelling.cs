namespace Blockchain.Shared.Topology;

/// <summary>Guesses which name was meant by a misspelt one.</summary>
internal static class Spelling
{
    // Comparing is quadratic in the lengths; neither long names nor long lists are worth a guess.
    private const int LongestName = 64;
    private const int MostCandidates = 1_000;

    /// <summary>"; did you mean "fanout"?", or nothing if no candidate is near.</summary>
    public static string DidYouMean(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestName)
        {
            return "";
        }

        var nearest = candidates.Take(MostCandidates)
            .Where(candidate => candidate.Length <= LongestName)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is null ? "" : $"; did you mean \"{nearest.Name}\"?";
    }

    /// <summary>
    /// Insertions, deletions, substitutions and swaps of neighbours that make one of the other, whatever the case
    /// (Damerau and Levenshtein's distance, restricted to optimal string alignment).
    /// </summary>
    private static int Distance(string from, string to)
    {
        var (a, b) = (from.ToUpperInvariant(), to.ToUpperInvariant());
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                var substituted = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(substituted, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[a.Length, b.Length];
    }
}
