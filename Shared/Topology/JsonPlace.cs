using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>A value of the file together with where it stands, and where to report what is wrong with it.</summary>
internal readonly record struct JsonPlace(JsonElement Value, JsonPath Path, ProblemList Problems)
{
    private const int LongestQuote = 60;

    public JsonPlace At(string name, JsonElement value) => this with { Value = value, Path = Path.At(name) };

    public JsonPlace At(int index, JsonElement value) => this with { Value = value, Path = Path.At(index) };

    /// <summary>
    /// Reports that something else should stand here; returns false, the answer of a reader that failed.
    /// </summary>
    public bool Expected(string what)
    {
        var raw = Value.GetRawText();
        var found = raw.Length <= LongestQuote ? raw : raw[..LongestQuote] + "...";
        Problems.Error(Path, $"expected {what}, found {found}");
        return false;
    }

    /// <summary>
    /// The members of an object, each name once; reports a value that is no object, and names that stand twice.
    /// </summary>
    public List<(string Name, JsonPlace Place)> Members(string what)
    {
        var members = new List<(string, JsonPlace)>();
        if (Value.ValueKind != JsonValueKind.Object)
        {
            Expected(what);
            return members;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in Value.EnumerateObject())
        {
            if (names.Add(property.Name))
            {
                members.Add((property.Name, At(property.Name, property.Value)));
            }
            else
            {
                Problems.Error(Path.At(property.Name), "is here twice; remove one of them");
            }
        }

        return members;
    }

    /// <summary>Reads an object into <paramref name="target"/>, field by field; warns of unknown ones.</summary>
    /// <returns>The names of the known fields that the object has, readable or not.</returns>
    public HashSet<string> ReadInto<T>(IReadOnlyDictionary<string, Action<JsonPlace, T>> fields, T target, string what)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, place) in Members(what))
        {
            if (fields.TryGetValue(name, out var read))
            {
                found.Add(name);
                read(place, target);
            }
            else
            {
                Problems.Warning(place.Path, $"is unknown and ignored{Spelling.DidYouMean(name, fields.Keys)}");
            }
        }

        return found;
    }
}
