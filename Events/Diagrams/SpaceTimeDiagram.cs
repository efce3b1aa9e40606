using System.Collections.Immutable;
using System.Globalization;
using Blockchain.Events.Messages;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Diagrams;

/// <summary>
/// Who said what when: a lane for each peer, time downwards, an arrow for each message. Drawn by <see cref="ToSvg"/>.
/// </summary>
public sealed record SpaceTimeDiagram
{
    /// <summary>Beyond, nothing can be told apart; the first ones are drawn.</summary>
    public const int MostArrows = 3_000;

    private SpaceTimeDiagram()
    {
    }

    public required ImmutableArray<Lane> Lanes { get; init; }

    public required ImmutableArray<Arrow> Arrows { get; init; }

    /// <summary>What the times of the axis are counted from: the making of what it is about, or the begin.</summary>
    public required TimeSpan Origin { get; init; }

    public required TimeSpan Begin { get; init; }

    public required TimeSpan End { get; init; }

    /// <summary>Null where it is about nothing, or nobody but the maker has it.</summary>
    public required SpreadPath? Path { get; init; }

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    /// <param name="toPeer">Whose way is emphasised, where it is about something; null: the slowest one's.</param>
    public static SpaceTimeDiagram Of(MessageHistory history, MessageSelection selection, PeerId? toPeer = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(selection);
        var path = selection.Subject is { } about ? PathFinder.Find(history, about, toPeer) : null;
        var (begin, end) = Span(history, selection, path);
        var wanted = history.Select(selection)
            .Where(arrow => arrow.Queued <= end && arrow.Last >= begin && !IsOldHeader(history, selection, arrow))
            .Union(path?.Hops.SelectMany(hop => hop.Arrows).Where(IsShown) ?? [])
            .OrderBy(arrow => arrow.Queued)
            .ToArray();
        var lanes = LanesOf(history, selection, wanted);
        return new SpaceTimeDiagram
        {
            Lanes = lanes,
            Arrows = [.. wanted.Take(MostArrows)],
            Origin = selection.Subject is null ? begin : First(history, selection)?.Time ?? begin,
            Begin = begin,
            End = end,
            Path = path,
            Title = TitleOf(history, selection, lanes, begin, end),
            Subtitle = SubtitleOf(wanted),
        };

        bool IsShown(Arrow arrow) =>
            selection.Peers.IsEmpty || (selection.Peers.Contains(arrow.From) && selection.Peers.Contains(arrow.To));
    }

    /// <summary>The diagram as SVG, well-formed and by itself.</summary>
    /// <param name="isPartOfPage">Without colours for the dark: the page has its own.</param>
    public string ToSvg(bool isPartOfPage = false) => new DiagramSvg(this).Write(isPartOfPage);

    /// <summary>
    /// Headers name all blocks of a branch. Of a block that their receiver has long had, they say nothing.
    /// </summary>
    private static bool IsOldHeader(MessageHistory history, MessageSelection selection, Arrow arrow) =>
        selection.Subject is { } subject
        && arrow.Content == MessageType.BlockHeaders
        && history.Arrivals(subject).TryGetValue(arrow.Target, out var arrival)
        && arrival.Time < arrow.Queued;

    private static Arrival? First(MessageHistory history, MessageSelection selection) =>
        selection.Subject is { } subject ? history.Arrivals(subject).Values.MinBy(arrival => arrival.Time) : null;

    /// <summary>About something: from its making until the last one has it, and a little more.</summary>
    private static (TimeSpan Begin, TimeSpan End) Span(
        MessageHistory history, MessageSelection selection, SpreadPath? path)
    {
        var arrows = history.Select(selection).ToArray();
        var begin = selection.From ?? First(history, selection)?.Time
            ?? (arrows.Length > 0 ? arrows.Min(arrow => arrow.Queued) : TimeSpan.Zero);
        TimeSpan? last = selection.Subject is { } subject && history.Arrivals(subject).Count > 1
            ? history.Arrivals(subject).Values.Max(arrival => arrival.Time)
            : null;
        last = path is not null && path.End > last ? path.End : last;
        var end = selection.To ?? (last is { } known
            ? known + (0.04 * (known - begin))
            : arrows.Length > 0 ? arrows.Max(arrow => arrow.Last) : begin);
        return (begin, end > begin ? end : begin + TimeSpan.FromMilliseconds(1));
    }

    /// <summary>About something: in the order in which they got it, or as they were asked for.</summary>
    private static ImmutableArray<Lane> LanesOf(
        MessageHistory history, MessageSelection selection, IEnumerable<Arrow> arrows)
    {
        var arrivals = selection.Subject is { } subject ? history.Arrivals(subject) : null;
        var peers = selection.Peers.IsEmpty
            ? history.Peers.Union(arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }))
            : selection.Peers;
        var lanes = peers.Select(peer => new Lane(peer, arrivals?.GetValueOrDefault(peer)));
        return arrivals is null || !selection.Peers.IsEmpty
            ? [.. lanes]
            : [.. lanes.OrderBy(lane => lane.Arrival?.Time ?? TimeSpan.MaxValue)];
    }

    private static string TitleOf(
        MessageHistory history,
        MessageSelection selection,
        ImmutableArray<Lane> lanes,
        TimeSpan begin,
        TimeSpan end)
    {
        if (selection.Subject is not { } subject)
        {
            return $"All messages of {DiagramText.Seconds(end - begin)}";
        }

        var arrivals = history.Arrivals(subject);
        var kind = history.FindTransactions(subject.ToString()).Count > 0 ? "Transaction" : "Block";
        var maker = arrivals.Values.FirstOrDefault(arrival => arrival.IsMaker)?.Peer;
        var text = $"{kind} {subject.Prefix}{(maker is null ? "" : $" of {maker}")}";
        return arrivals.Count < 2
            ? $"{text}: nobody else has it"
            : $"{text}: {lanes.Count(lane => lane.Arrival is not null)} of {lanes.Length} peers have it, "
                + "the last after "
                + DiagramText.Seconds(arrivals.Values.Max(one => one.Time) - arrivals.Values.Min(one => one.Time));
    }

    private static string SubtitleOf(Arrow[] arrows)
    {
        var lost = arrows.Count(arrow => arrow.End is ArrowEnd.Lost);
        var failed = arrows.Count(arrow => arrow.End is ArrowEnd.Failed);
        var text = string.Create(CultureInfo.InvariantCulture, $"{arrows.Length:N0} messages, {lost:N0} of them lost")
            + (failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {failed:N0} not taken") : "");
        return arrows.Length <= MostArrows
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text}; the first {MostArrows:N0} are drawn");
    }
}
