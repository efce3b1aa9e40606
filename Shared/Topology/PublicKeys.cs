using System.Text;
using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>The part of <c>peers.json</c> that has the public keys, put into a file whose other text stays.</summary>
internal static class PublicKeys
{
    private const string Name = "keys";

    /// <summary>An object with a line for each peer that has a key.</summary>
    public static string Section(NetworkPlan plan)
    {
        var text = new StringBuilder("{");
        var separator = "\n";
        foreach (var peer in plan.Peers)
        {
            if (peer.Key is { } key)
            {
                var id = JsonEncodedText.Encode(peer.Id.Value);
                text.Append(separator).Append("    \"").Append(id).Append("\": \"").Append(key).Append('"');
                separator = ",\n";
            }
        }

        return text.Append("\n  }").ToString();
    }

    /// <param name="file">A file that was read without an error.</param>
    public static byte[] Put(ReadOnlySpan<byte> file, NetworkPlan plan)
    {
        var bom = file.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var (start, end, isThere, needsComma) = Find(file[bom..]);
        var section = Section(plan);
        var inserted = isThere ? section : $"{(needsComma ? "," : "")}\n  \"{Name}\": {section}";
        return [.. file[..(bom + start)], .. Encoding.UTF8.GetBytes(inserted), .. file[(bom + end)..]];
    }

    /// <summary>Where the section stands; if there is none, the place behind the last value of the file.</summary>
    private static (int Start, int End, bool IsThere, bool NeedsComma) Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(
            json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        reader.Read();
        var (behindLast, isEmpty) = ((int)reader.BytesConsumed, true);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isKeys = reader.ValueTextEquals(Name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            (behindLast, isEmpty) = ((int)reader.BytesConsumed, false);
            if (isKeys)
            {
                return (start, behindLast, true, false);
            }
        }

        return (behindLast, behindLast, false, !isEmpty);
    }
}
