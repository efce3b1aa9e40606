using System.Text;

namespace Blockchain.Lab.Conformance;

/// <summary>A command that is one text, as a shell splits it: at spaces that stand in no quotes.</summary>
internal static class CommandWords
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        foreach (var sign in command)
        {
            if (quote != '\0' ? sign == quote : sign is '"' or '\'')
            {
                (quote, isWord) = (quote == '\0' ? sign : '\0', true);
            }
            else if (quote == '\0' && char.IsWhiteSpace(sign))
            {
                End();
            }
            else
            {
                word.Append(sign);
                isWord = true;
            }
        }

        if (quote != '\0')
        {
            throw new FormatException($"a quote is not closed in: {command}");
        }

        End();
        return words;

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}
