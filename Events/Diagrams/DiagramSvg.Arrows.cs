using Blockchain.Events.Messages;

namespace Blockchain.Events.Diagrams;

/// <summary>The messages.</summary>
internal sealed partial class DiagramSvg
{
    // So far a message is drawn that never arrives.
    private const double LostShare = 0.55;

    private const double Head = 7;
    private const double CrossSize = 4.5;
    private const double LegendStep = 128;
    private const int LegendColumns = 5;

    private static double LegendWidth => LegendColumns * LegendStep;

    private void WriteArrows()
    {
        var way = _diagram.Path?.Hops.SelectMany(hop => hop.Arrows).ToHashSet() ?? [];
        foreach (var arrow in _diagram.Arrows.Where(arrow => !way.Contains(arrow)))
        {
            Write(arrow, isWay: false);
        }

        // Above all others.
        foreach (var arrow in _diagram.Arrows.Where(way.Contains))
        {
            Write(arrow, isWay: true);
        }
    }

    private void Write(Arrow arrow, bool isWay)
    {
        if (!_lanes.TryGetValue(arrow.From, out var from) || !_lanes.TryGetValue(arrow.To, out var to))
        {
            return;
        }

        var mark = MessageMark.Of(arrow.Content);
        var left = arrow.Left ?? arrow.Queued;
        var (x1, y1) = (from, Y(left));
        var (x2, y2) = arrow.HasArrived
            ? (to, Y(arrow.Received!.Value))
            : (from + (LostShare * (to - from)), y1 + _lostDrop);
        var isLost = arrow.End is ArrowEnd.Lost or ArrowEnd.Failed;
        Begin(
            "g",
            $"arrow {mark.Style}{(isLost ? " lost" : "")}{(arrow.IsRelayed ? " relayed" : "")}{(isWay ? " way" : "")}");
        Element("title", DiagramText.Of(arrow, _diagram.Origin));
        if (left > arrow.Queued)
        {
            var aside = x1 + (to > from ? 4 : -4);
            Line("q", aside, Y(arrow.Queued), aside, y1);
        }

        Line(null, x1, y1, x2, y2);
        WriteEnd(arrow, x1, y1, x2, y2, isWay);
        if (isWay || !IsCrowded)
        {
            var at = isWay ? 0.4 : 0.25;
            Text(x1 + (at * (x2 - x1)) - 3, y1 + (at * (y2 - y1)) - 2, "letter", mark.Letter);
        }

        _xml.WriteEndElement();
    }

    private void WriteEnd(Arrow arrow, double x1, double y1, double x2, double y2, bool isWay)
    {
        switch (arrow.End)
        {
            case ArrowEnd.Lost or ArrowEnd.Failed:
                Cross(x2, y2);
                break;
            case ArrowEnd.Underway:
                Text(x2 - 3, y2 + 4, "letter", "?");
                break;
            case ArrowEnd.Refused:
                ArrowHead(x1, y1, x2, y2, isWay);
                Cross(x2 + (x1 < x2 ? -12 : 12), y2);
                break;
            default:
                ArrowHead(x1, y1, x2, y2, isWay);
                break;
        }
    }

    /// <summary>As steep as a message of the usual latency.</summary>
    private double LostDrop()
    {
        var times = _diagram.Arrows.Where(arrow => arrow.HasArrived)
            .Select(arrow => Y(arrow.Received!.Value) - Y(arrow.Left ?? arrow.Queued)).Order().ToArray();
        return LostShare * (times.Length == 0 ? 20 : Math.Min(times[times.Length / 2], 60));
    }

    private void Cross(double x, double y)
    {
        Line("cross", x - CrossSize, y - CrossSize, x + CrossSize, y + CrossSize);
        Line("cross", x - CrossSize, y + CrossSize, x + CrossSize, y - CrossSize);
    }

    /// <summary>Drawn as a shape: markers have no colour of their own in every program that shows SVG.</summary>
    private void ArrowHead(double x1, double y1, double x2, double y2, bool isWay)
    {
        var length = Math.Max(Math.Sqrt(Math.Pow(x2 - x1, 2) + Math.Pow(y2 - y1, 2)), 0.1);
        var size = isWay ? Head * 1.5 : Head;
        var (ux, uy) = ((x2 - x1) / length, (y2 - y1) / length);
        var (bx, by) = (x2 - (size * ux), y2 - (size * uy));
        var (wx, wy) = (-uy * size * 0.42, ux * size * 0.42);
        Begin("path", "head");
        _xml.WriteAttributeString(
            "d",
            $"M{Number(x2)} {Number(y2)}L{Number(bx + wx)} {Number(by + wy)}L{Number(bx - wx)} {Number(by - wy)}Z");
        _xml.WriteEndElement();
    }

    private void Legend()
    {
        var present = _diagram.Arrows.Select(arrow => MessageMark.Of(arrow.Content)).ToHashSet();
        var marks = MessageMark.All.Where(present.Contains).ToArray();
        Begin("g", "legend");
        var y = Bottom + 26;
        for (var i = 0; i < marks.Length; i++)
        {
            Sample(Left + (i % LegendColumns * LegendStep), y + (i / LegendColumns * 18), marks[i]);
        }

        var row = y + ((marks.Length + LegendColumns - 1) / LegendColumns * 18);
        Text(Left, row + 4, "faint small",
            "cross: lost or refused · empty head: in a RELAY · dotted along a lane: queued · "
                + "square: made here · dot: has it · ?: not seen to arrive");
        _xml.WriteEndElement();
    }

    private void Sample(double x, double y, MessageMark mark)
    {
        Begin("g", $"arrow {mark.Style}");
        Line(null, x, y, x + 34, y);
        ArrowHead(x, y, x + 36, y, isWay: false);
        Text(x + 12, y - 2, "letter", mark.Letter);
        _xml.WriteEndElement();
        Text(x + 42, y + 4, "small", mark.Meaning);
    }
}
