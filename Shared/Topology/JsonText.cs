using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Blockchain.Shared.Topology;

/// <summary>Opens JSON that people wrote: with comments, trailing commas or a byte order mark, or broken.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>
    /// Every string of the document can be read; a text that is no JSON is one problem, with line and column.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> text, ProblemList problems, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(text))
        {
            problems.Error(JsonPath.Root, "is not UTF-8 text; save the file as UTF-8");
            return false;
        }

        try
        {
            document = JsonDocument.Parse(text.ToArray(), Lenient);
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0);
            var column = ColumnOf(text, line, (int)(e.BytePositionInLine ?? 0));
            var reason = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            problems.Error(JsonPath.Root, $"is not JSON: line {line + 1}, column {column}: {reason}");
            return false;
        }

        if (FindUnreadableString(text) is not { } at)
        {
            return true;
        }

        problems.Error(
            JsonPath.Root, $"is not JSON: line {at.Line}, column {at.Column}: a text has half a surrogate pair");
        document.Dispose();
        document = null;
        return false;
    }

    /// <summary>
    /// The document accepts "\ud800", and throws when asked for the string. Of a valid text, only escapes do that.
    /// </summary>
    private static (int Line, int Column)? FindUnreadableString(ReadOnlySpan<byte> text)
    {
        var options = new JsonReaderOptions
        {
            AllowTrailingCommas = Lenient.AllowTrailingCommas,
            CommentHandling = Lenient.CommentHandling,
        };
        var reader = new Utf8JsonReader(text, options);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
            {
                continue;
            }

            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                var before = text[..(int)reader.TokenStartIndex];
                var line = before.Count((byte)'\n');
                return (line + 1, ColumnOf(text, line, before.Length - (before.LastIndexOf((byte)'\n') + 1)));
            }
        }

        return null;
    }

    /// <summary>An editor counts characters where the reader counts bytes. Lines from 0, columns from 1.</summary>
    private static int ColumnOf(ReadOnlySpan<byte> text, int line, int bytesInLine)
    {
        for (; line > 0; line--)
        {
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        }

        return Encoding.UTF8.GetCharCount(text[..Math.Min(bytesInLine, text.Length)]) + 1;
    }
}
