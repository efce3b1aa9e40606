using System.Globalization;
using System.Text;
using System.Xml;
using Blockchain.Events.Messages;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Diagrams;

/// <summary>The words of a diagram, which are those of the page and of the command line too.</summary>
public static class DiagramText
{
    private const int MostName = 16;

    /// <summary>"1.31 s", "310 ms".</summary>
    public static string Seconds(TimeSpan time) => time < TimeSpan.FromMilliseconds(999.5)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    public static string Of(DelayKind kind) => kind switch
    {
        DelayKind.Latency => "latency",
        DelayKind.Queue => "queue",
        DelayKind.Loss => "loss and retry",
        DelayKind.Patience => "patience",
        _ => "not told",
    };

    /// <summary>"INV 5000 → 5001, sent at 0.120 s, arrived after 98 ms".</summary>
    public static string Of(Arrow arrow, TimeSpan origin)
    {
        ArgumentNullException.ThrowIfNull(arrow);
        var text = new StringBuilder($"{arrow.Content.Name()} {Name(arrow.From)} → {Name(arrow.To)}");
        if (arrow.IsRelayed)
        {
            text.Append(CultureInfo.InvariantCulture, $", relayed from {Name(arrow.Origin)} to {Name(arrow.Target)}");
        }

        if (arrow.Subjects.Count > 0)
        {
            text.Append(", ").AppendJoin(' ', arrow.Subjects.Take(3).Select(id => id.Prefix));
        }

        if (arrow.What is { } what)
        {
            text.Append(", ").Append(Clean(what));
        }

        var at = (arrow.Queued - origin).TotalSeconds;
        text.Append(CultureInfo.InvariantCulture, $"; at {at:0.000} s");
        if (arrow.Left > arrow.Queued)
        {
            text.Append(CultureInfo.InvariantCulture, $", queued for {Seconds(arrow.Left.Value - arrow.Queued)}");
        }

        return text.Append(", ").Append(EndOf(arrow)).ToString();
    }

    /// <summary>A name that a diagram has room for, and that XML can have.</summary>
    internal static string Name(PeerId peer) =>
        Clean(peer.Value.Length <= MostName ? peer.Value : peer.Value[..MostName] + "…");

    internal static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '\uFFFD'));

    private static string EndOf(Arrow arrow) => arrow.End switch
    {
        ArrowEnd.Arrived => $"arrived after {Seconds(arrow.Last - (arrow.Left ?? arrow.Queued))}",
        ArrowEnd.Refused => $"arrived and was refused: {arrow.Reason}",
        ArrowEnd.Lost when arrow.Reason == DropReason.Loss => "lost",
        ArrowEnd.Lost => $"dropped: {arrow.Reason}",
        ArrowEnd.Failed => $"failed: {arrow.Reason}; tried again",
        _ => "not seen to arrive",
    };
}
