using System.Text.Json;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Reading;

/// <summary>Values of a scenario as the text that a line of text would have in their place.</summary>
internal static class JsonTexts
{
    /// <summary>A text, number, true or false; of a list of texts each, with "and" between them.</summary>
    public static bool TryReadText(this JsonPlace place, string what, out string text)
    {
        text = place.Value.ValueKind switch
        {
            JsonValueKind.String => place.Value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => place.Value.GetRawText(),
            JsonValueKind.Array when place.Value.GetArrayLength() > 0 && place.Value.EnumerateArray().All(
                item => item.ValueKind == JsonValueKind.String) =>
                string.Join(" and ", place.Value.EnumerateArray().Select(item => item.GetString())),
            _ => "",
        };
        return text.Length > 0 || place.Expected(what);
    }

    /// <summary>Has a text read, and reports what is wrong with it.</summary>
    public static bool Try(this JsonPlace place, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FormatException error)
        {
            place.Problems.Error(place.Path, error.Message.TrimEnd('.'));
            return false;
        }
    }

    public static void Unknown(this JsonPlace place, string name, IEnumerable<string> known) =>
        place.Problems.Error(place.Path, $"is not known here{Spelling.DidYouMean(name, known)}"
            + $"; there can be {string.Join(", ", known)}");
}
