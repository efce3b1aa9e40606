using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>
/// Some peers as people write them: <c>5001, 5002</c>; <c>group 1</c>; <c>20%</c>; <c>all</c>; <c>honest full</c>; and
/// several of these with <c>and</c> between them.
/// </summary>
internal static class PeerChoiceText
{
    public const string What = "which peers: ids, a share such as 20%, group 1, a kind such as honest full, or all";

    private static readonly char[] Separators = [' ', '\t', ','];

    private static readonly Dictionary<string, PeerKind> Kinds =
        Enum.GetValues<PeerKind>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static PeerChoice Parse(string text)
    {
        var choice = new PeerChoice();
        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            throw new FormatException($"Nobody is named; say {What}.");
        }

        for (var i = 0; i < words.Length;)
        {
            var end = Array.IndexOf(words, "and", i);
            end = end < 0 ? words.Length : end;
            choice = Term(choice, words[i..end]);
            i = end + 1;
            if (i == words.Length && end < words.Length)
            {
                throw new FormatException("Something is missing after \"and\".");
            }
        }

        return choice;
    }

    /// <summary>What <see cref="Parse"/> reads as the same.</summary>
    public static string Format(PeerChoice choice)
    {
        var terms = new List<string>();
        if (choice.Ids.Count > 0)
        {
            terms.Add(string.Join(", ", choice.Ids));
        }

        if (choice.NetworkId is { } network)
        {
            terms.Add($"group {network}");
        }

        if (choice.Kinds.Count > 0)
        {
            terms.Add(string.Join(' ', choice.Kinds.Select(NameOf)));
        }

        if (choice.Share > 0)
        {
            terms.Add(choice.Share >= 1 ? "all" : Percent(choice.Share));
        }

        return terms.Count == 0 ? "0%" : string.Join(" and ", terms);
    }

    public static int Group(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new FormatException($"\"{text}\" is not a localnetworkid; write a whole number.");

    internal static string Percent(double share) =>
        ((decimal)share * 100).ToString("0.############", CultureInfo.InvariantCulture) + "%";

    private static PeerChoice Term(PeerChoice choice, string[] words)
    {
        switch (words)
        {
            case []:
                throw new FormatException("Something is missing before \"and\".");
            case ["all"]:
                return WithShare(choice, 1);
            case [var share] when share.EndsWith('%'):
                return WithShare(choice, Quantities.Share(share));
            case ["group"]:
                throw new FormatException("A localnetworkid is missing after \"group\".");
            case ["group", var group]:
                return choice.NetworkId is null
                    ? choice with { NetworkId = Group(group) }
                    : throw new FormatException("Only one group can be named; write another line for the next one.");
        }

        if (words.All(Kinds.ContainsKey))
        {
            return choice.Kinds.Count == 0
                ? choice with { Kinds = [.. words.Select(word => Kinds[word])] }
                : throw new FormatException(
                    "Only one kind of peers can be named; \"honest full\" are those that are both.");
        }

        return choice with { Ids = [.. choice.Ids, .. words.Select(word => new PeerId(word))] };
    }

    private static PeerChoice WithShare(PeerChoice choice, double share) => choice.Share > 0
        ? throw new FormatException("Only one share can be named; write another line for the next one.")
        : choice with { Share = share };

    private static string NameOf(PeerKind kind) => kind.ToString().ToLowerInvariant();
}
