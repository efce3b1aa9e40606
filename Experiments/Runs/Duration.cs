using System.Globalization;

namespace Blockchain.Experiments.Runs;

/// <summary>Times as a status line shows them.</summary>
internal static class Duration
{
    /// <summary>"0:42", "12:05", "1:02:03".</summary>
    public static string Clock(TimeSpan time) => time.ToString(
        time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>"2.9 s".</summary>
    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
