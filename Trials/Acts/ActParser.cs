namespace Blockchain.Trials.Acts;

/// <summary>
/// Reads one act, word by word:
/// <code>
/// act    = ["at"] TIME verb [who] {argument value} ["until" TIME]
/// who    = term {"and" term};  term = "all" | SHARE | "group" NUMBER | KIND {KIND} | ID {ID}
/// </code>
/// Verbs and their arguments are those of <see cref="ActKind"/>; docs/scenarios.md has a table of them.
/// </summary>
internal sealed class ActParser
{
    private static readonly char[] Separators = [' ', '\t', ','];

    private readonly List<(string Word, int Column)> _words = [];
    private readonly int _end;
    private int _next;

    public ActParser(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Separators.Contains(text[i]))
            {
                continue;
            }

            var end = text.IndexOfAny(Separators, i);
            end = end < 0 ? text.Length : end;
            _words.Add((text[i..end], i + 1));
            i = end;
        }

        _end = text.TrimEnd().Length + 1;
    }

    private string? Word => _next < _words.Count ? _words[_next].Word : null;

    private int Column => _next < _words.Count ? _words[_next].Column : _end;

    public Act Parse()
    {
        if (Word == "at")
        {
            _next++;
        }

        var draft = new ActDraft();
        Read("when it happens", text => draft.At = Quantities.Duration(text));
        var (column, verb) = (Column, Take("what happens"));
        var kind = ActKind.Find(verb) ?? throw new ActSyntaxException(
            column, $"\"{verb}\" is not a verb. The verbs are: {string.Join(", ", ActKind.Names)}.");
        var given = new HashSet<string>(StringComparer.Ordinal);
        if (kind.Arguments.Contains(ActArgument.Peers))
        {
            ReadMany(ActArgument.All[ActArgument.Peers], draft);
            given.Add(ActArgument.Peers);
        }

        while (Word is not null)
        {
            ReadArgument(kind, draft, given);
        }

        if (kind.Required.Except(given).FirstOrDefault() is { } missing)
        {
            throw Wrong($"\"{missing}\" and {ActArgument.All[missing].What} are missing here.");
        }

        try
        {
            return kind.Build(draft);
        }
        catch (FormatException error)
        {
            throw new ActSyntaxException(column, error.Message);
        }
    }

    private void ReadArgument(ActKind kind, ActDraft draft, HashSet<string> given)
    {
        var (column, name) = (Column, Take("an argument"));
        var isUntil = name == ActArgument.Until;
        if (!kind.Arguments.Contains(isUntil ? ActArgument.For : name))
        {
            throw new ActSyntaxException(column, kind.Arguments.Any()
                ? $"\"{kind.Name}\" has no \"{name}\"; it can have {string.Join(", ", kind.Arguments)}."
                : $"The line is complete before \"{name}\"; remove the rest.");
        }

        if (!given.Add(isUntil ? ActArgument.For : name))
        {
            throw new ActSyntaxException(column, $"\"{name}\" is here twice.");
        }

        if (isUntil)
        {
            Read("a time", text => draft.For = Quantities.Duration(text) is var until && until > draft.At
                ? until - draft.At
                : throw new FormatException("It ends before it begins."));
        }
        else if (name is "to" or "from")
        {
            ReadMany(ActArgument.All[name], draft);
        }
        else
        {
            Read(ActArgument.All[name].What, text => ActArgument.All[name].Read(draft, text));
        }
    }

    /// <summary>Some peers: all words up to the next argument.</summary>
    private void ReadMany(ActArgument argument, ActDraft draft)
    {
        var (column, first) = (Column, _next);
        while (Word is { } word && (_next == first || !IsArgument(word)))
        {
            _next++;
        }

        if (_next == first)
        {
            throw Wrong($"The line is not complete: {argument.What} is missing.");
        }

        try
        {
            argument.Read(draft, string.Join(' ', _words[first.._next].Select(word => word.Word)));
        }
        catch (FormatException error)
        {
            throw new ActSyntaxException(column, error.Message);
        }
    }

    private static bool IsArgument(string word) =>
        word == ActArgument.Until || (word != "group" && ActArgument.All.ContainsKey(word));

    private void Read(string what, Action<string> read)
    {
        var column = Column;
        var text = Take(what);
        try
        {
            read(text);
        }
        catch (FormatException error)
        {
            throw new ActSyntaxException(column, error.Message);
        }
    }

    private string Take(string what)
    {
        var word = Word ?? throw Wrong($"The line is not complete: {what} is missing.");
        _next++;
        return word;
    }

    private ActSyntaxException Wrong(string message) => new(Column, message);
}
