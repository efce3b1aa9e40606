using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>
/// Acts as one writes them on a command line or in a file, one a line: <c>at 10min partition group 1</c>. What
/// <see cref="Format"/> writes, <see cref="Parse"/> reads. The arguments have the same names and texts in JSON.
/// </summary>
public static class ActText
{
    /// <summary>From here to the end of its line a file's text is for people.</summary>
    private const char Comment = '#';

    /// <exception cref="ActSyntaxException">It is not an act; the exception knows where.</exception>
    public static Act Parse(string text) => new ActParser(text).Parse();

    /// <summary>The acts of a file, and every line that is none as <c>FILE:LINE:COLUMN: what is wrong</c>.</summary>
    public static IReadOnlyList<Act> ParseFile(string name, string text, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var acts = new List<Act>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Split(Comment)[0];
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                acts.Add(Parse(line));
            }
            catch (ActSyntaxException error)
            {
                problems.Add($"{name}:{i + 1}:{error.Column}: {error.Message}");
            }
        }

        return acts;
    }

    /// <summary>With its time: "at 10min partition group 1".</summary>
    public static string Format(Act act) => $"at {Durations.Format(act.At)} {Describe(act)}";

    /// <summary>Without its time: "partition group 1 for 20s".</summary>
    public static string Describe(Act act)
    {
        var words = Arguments(act).Select(
            one => one.Name == ActArgument.Peers ? one.Text : $"{one.Name} {one.Text}");
        return string.Join(' ', words.Prepend(ActKind.Of(act).Name));
    }

    /// <summary>Its arguments with their texts, in the order in which they are written.</summary>
    internal static IEnumerable<(string Name, string Text)> Arguments(Act act)
    {
        var all = act switch
        {
            MineBlocks mine => [Count(mine.Count), ("as", mine.Label)],
            SendTransactions send =>
            [
                ("to", send.To?.Value),
                ("amount", send.Amount == 1 ? null : Text(send.Amount)),
                Count(send.Count),
                ("as", send.Label),
            ],
            Load load => [("tx", Text(load.PerSecond))],
            Generate generate => [("value", generate.Value ? "true" : "false")],
            Churn churn => [("up", Durations.Format(churn.MeanUp)), ("down", Durations.Format(churn.MeanDown))],
            Partition partition =>
            [
                ("from", partition.From is { } from ? PeerChoiceText.Format(from) : null),
                ("direction", partition.Direction == Direction.Both
                    ? null : partition.Direction.ToString().ToLowerInvariant()),
            ],
            CutOff cut => [("group", Text(cut.NetworkId))],
            Conditions to =>
            [
                ("to", to.To is { } others ? PeerChoiceText.Format(others) : null),
                ("loss", to.Loss is { } loss ? PeerChoiceText.Percent(loss) : null),
                ("burst", to.Burst is { } burst ? Text(burst) : null),
                ("latency", to.Latency is { } latency
                    ? $"{Durations.Format(latency.Min)}-{Durations.Format(latency.Max)}" : null),
                ("capacity", to.Capacity is { } capacity ? Text(capacity) : null),
            ],
            Behave behave =>
            [
                ("behaviour", behave.Behaviour is Behaviours.Honest or Behaviours.FalseIds ? null : behave.Behaviour),
            ],
            _ => ((string Name, string? Text)[])[],
        };
        if (act is PeerAct { Peers: var peers })
        {
            yield return (ActArgument.Peers, PeerChoiceText.Format(peers));
        }

        foreach (var (name, text) in all)
        {
            if (text is not null)
            {
                yield return (name, text);
            }
        }

        if (act.For is { } time)
        {
            yield return (ActArgument.For, Durations.Format(time));
        }
    }

    private static (string, string?) Count(int count) => ("count", count == 1 ? null : Text(count));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
