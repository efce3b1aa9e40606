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
            return "";
        var nearest = candidates.Take(MostCandidates)
            .Where(candidate => candidate.Length <= LongestName)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is null ? "" : $"; did you mean \"{nearest.Name}\"?";
    }

    /// <summary>
    /// Insertions, deletions and substitutions that make one of the other, whatever the case
    /// (Levenshtein's distance, by Wagner and Fischer's recurrence in one row).
    /// </summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i]) == char.ToUpperInvariant(b[j]);
                var substituted = diagonal + (same ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
