using System.Text;

namespace Blockchain.Grading;

/// <summary>Names of students and checks as names of files, on every system.</summary>
internal static class FileNames
{
    public static string Of(string name)
    {
        var text = new StringBuilder();
        foreach (var part in name.EnumerateRunes())
        {
            // What stands for itself; anything else by its number, so that two names never become one.
            var isPlain = part.IsAscii && "-_. ".Contains((char)part.Value, StringComparison.Ordinal);
            _ = isPlain || Rune.IsLetterOrDigit(part)
                ? text.Append(part)
                : text.Append($"%{part.Value:x}");
        }

        return text.Length > 0 && text[0] == '.' ? $"%2e{text.ToString()[1..]}" : text.ToString();
    }
}
