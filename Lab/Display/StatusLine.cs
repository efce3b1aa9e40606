using System.Globalization;
using Blockchain.Experiments.Runs;
using Blockchain.Launching;

namespace Blockchain.Lab.Display;

/// <summary>A snapshot as one line, as Spectre.Console's markup.</summary>
internal sealed class StatusLine
{
    private (TimeSpan At, long Sent)? _last;

    /// <summary>The line for this moment; messages per second are those since the last call.</summary>
    public string Next(TimeSpan elapsed, NetworkSnapshot snapshot)
    {
        var rate = 0.0;
        if (_last is { } last && elapsed > last.At)
        {
            rate = Math.Max(0, (snapshot.Sent - last.Sent) / (elapsed - last.At).TotalSeconds);
        }

        _last = (elapsed, snapshot.Sent);

        var up = snapshot.Up == snapshot.Planned ? "darkseagreen" : "indianred1";
        var heights = snapshot.MinHeight == snapshot.MaxHeight
            ? $"{snapshot.MaxHeight}"
            : $"{snapshot.MinHeight}-{snapshot.MaxHeight}";
        var tips = snapshot.Tips == 1 ? "darkseagreen" : "khaki3";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Duration.Clock(elapsed),7}  [{up}]{snapshot.Up}/{snapshot.Planned}[/] [grey]peers up[/]  "
            + $"[grey]blocks[/] {heights,-7}  [{tips}]{snapshot.Tips,2}[/] "
            + $"[grey]{(snapshot.Tips == 1 ? "tip " : "tips")}[/]  "
            + $"{snapshot.Pooled,4} [grey]tx pooled[/]  {rate,6:0} [grey]msg/s[/]  {snapshot.Dropped,5} "
            + $"[grey]dropped[/]");
    }
}
