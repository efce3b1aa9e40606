using System.Globalization;
using Blockchain.Events.Messages;

namespace Blockchain.Events.Diagrams;

/// <summary>The emphasised way, and what its time was spent on.</summary>
internal sealed partial class DiagramSvg
{
    // A part that is shorter is drawn and listed, but has no label of its own.
    private const double LabelHeight = 15;
    private const double LabelWidth = 140;
    private const int MostParts = 26;
    private const double PanelTop = 74;
    private const double Row = 17;
    private const double BarWidth = 90;

    private static readonly DelayKind[] Kinds =
        [DelayKind.Latency, DelayKind.Queue, DelayKind.Loss, DelayKind.Patience, DelayKind.Untold];

    private double PanelBottom => _diagram.Path is { } path
        ? PanelTop + (Row * (9 + Math.Min(path.Parts.Count(), MostParts + 1)))
        : 0;

    private double PanelLeft => Right + 22;

    private static string StyleOf(DelayKind kind) => kind switch
    {
        DelayKind.Latency => "latency",
        DelayKind.Queue => "queue",
        DelayKind.Loss => "loss",
        DelayKind.Patience => "patience",
        _ => "untold",
    };

    /// <summary>Where somebody waited, along the lane.</summary>
    private void WritePathWaits()
    {
        if (_diagram.Path is not { } path)
        {
            return;
        }

        Begin("g", "waits");
        foreach (var part in path.Parts.Where(part => part.Kind != DelayKind.Latency && _lanes.ContainsKey(part.At)))
        {
            var x = _lanes[part.At];
            Line($"wait {StyleOf(part.Kind)}", x, Y(part.From), x, Y(part.To));
        }

        _xml.WriteEndElement();
    }

    private void WritePathLabels()
    {
        if (_diagram.Path is not { } path)
        {
            return;
        }

        Begin("g", "labels");
        foreach (var part in path.Parts.Where(part => part.Kind != DelayKind.Latency && _lanes.ContainsKey(part.At)))
        {
            var (top, bottom) = (Y(part.From), Y(part.To));
            if (bottom - top >= LabelHeight)
            {
                // Beside the last lanes is the panel.
                var isLeft = _lanes[part.At] > Right - LabelWidth;
                Text(
                    _lanes[part.At] + (isLeft ? -8 : 8),
                    ((top + bottom) / 2) + 4,
                    isLeft ? "label number" : "label",
                    $"{DiagramText.Of(part.Kind)} {DiagramText.Seconds(part.Length)}");
            }
        }

        _xml.WriteEndElement();
    }

    private void WritePanel()
    {
        if (_diagram.Path is not { } path)
        {
            return;
        }

        Begin("g", "panel");
        var y = PanelTop;
        Text(PanelLeft, y, "name", $"How {DiagramText.Name(path.To)} got it: {DiagramText.Seconds(path.Delay)}");
        y += Row;
        Text(PanelLeft, y, "faint small", path.IsComplete
            ? $"from {DiagramText.Name(path.From)}, {Hops(path.Hops.Length)}"
            : $"{Hops(path.Hops.Length)}; nobody told how {DiagramText.Name(path.From)} got it");
        foreach (var kind in Kinds.Where(kind => kind != DelayKind.Untold || path.Sum(kind) > TimeSpan.Zero))
        {
            y += Row + 2;
            Sum(y, kind, path.Sum(kind), path.Delay);
        }

        y += Row * 1.6;
        Text(PanelLeft, y, "name", "step by step");
        foreach (var part in path.Parts.Take(MostParts))
        {
            y += Row;
            Step(y, part);
        }

        if (path.Parts.Count() > MostParts)
        {
            Text(PanelLeft + 54, y + Row, "faint small", $"and {path.Parts.Count() - MostParts} more");
        }

        _xml.WriteEndElement();
    }

    private static string Hops(int count) => count == 1 ? "in 1 hop" : $"in {count} hops";

    private void Sum(double y, DelayKind kind, TimeSpan sum, TimeSpan all)
    {
        var share = all > TimeSpan.Zero ? sum / all : 0;
        Text(PanelLeft, y, "panel", DiagramText.Of(kind));
        Text(PanelLeft + 146, y, "panel number", DiagramText.Seconds(sum));
        Line($"wait {StyleOf(kind)}", PanelLeft + 156, y - 4, PanelLeft + 156 + (BarWidth * share), y - 4);
        Text(PanelLeft + 162 + (BarWidth * share), y, "faint small",
            string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %"));
    }

    private void Step(double y, PathPart part)
    {
        Line($"wait {StyleOf(part.Kind)}", PanelLeft, y - 4, PanelLeft + 6, y - 4);
        Text(PanelLeft + 60, y, "small number", DiagramText.Seconds(part.Length));
        var who = DiagramText.Name(part.At);
        Text(PanelLeft + 68, y, "small", part.Kind == DelayKind.Loss
            ? DiagramText.Clean(part.Why)
            : DiagramText.Clean($"{who}: {part.Why}"));
    }
}
