using System.Globalization;
using Blockchain.Events.Messages;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Lab.Messages;

/// <summary>A line of a conversation as text, the first peer always on the left.</summary>
internal static class ConversationText
{
    private const int MostIds = 3;

    /// <param name="start">What the times are counted from.</param>
    public static string Of(ConversationLine line, PeerId left, TimeSpan start)
    {
        var (right, arrow) = line.From == left ? (line.To, "→") : (line.From, "←");
        var time = (line.Time - start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        var text = $"{time,10}  {left} {arrow} {right}  {line.Type.Name(),-17}  {Content(line)}".TrimEnd();
        return $"{text,-84}  {Outcome(line)}";
    }

    private static string Content(ConversationLine line)
    {
        var ids = string.Join(' ', line.Subjects.Take(MostIds).Select(id => id.Prefix));
        var more = line.Subjects.Count > MostIds ? " …" : "";
        var text = string.Join(", ", new[] { ids + more, line.What }.Where(part => !string.IsNullOrEmpty(part)));
        return line.Ends is var (origin, target) ? $"{text} (from {origin} for {target})".TrimStart() : text;
    }

    private static string Outcome(ConversationLine line)
    {
        var outcome = line.End switch
        {
            ArrowEnd.Lost when line.Reason == DropReason.Loss => "LOST",
            ArrowEnd.Lost => $"DROPPED: {line.Reason}",
            ArrowEnd.Failed => $"FAILED: {line.Reason}; tried again",
            ArrowEnd.Refused => $"REFUSED: {line.Reason}",
            ArrowEnd.Underway => "not seen to arrive",
            _ => Milliseconds(line.Took ?? TimeSpan.Zero),
        };
        var waited = line.Waited > TimeSpan.Zero ? $", {Milliseconds(line.Waited)} of it queued" : "";
        return outcome + waited + (line.Relays.IsEmpty ? "" : $"  by {string.Join(' ', line.Relays)}");
    }

    private static string Milliseconds(TimeSpan time) =>
        $"{time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} ms";
}
