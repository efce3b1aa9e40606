using System.Globalization;
using System.Text.RegularExpressions;

namespace Blockchain.NodeApi;

/// <summary>
/// Samples in the text format of Prometheus: <c>name_total{type="INV"} 42</c>
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). For label values without quotes in them.
/// </summary>
public static partial class MetricLines
{
    /// <summary>Every sample.</summary>
    public static IEnumerable<MetricLine> Read(string text) => Sample().Matches(text).Select(line => new MetricLine(
        line.Groups["name"].Value,
        Label().Matches(line.Groups["labels"].Value)
            .DistinctBy(label => label.Groups["name"].Value)
            .ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value),
        double.Parse(line.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture)));

    /// <summary>A counter's value for each value of a label, other labels summed up.</summary>
    public static Dictionary<string, long> ByLabel(string text, string counter, string label) => Read(text)
        .Where(line => line.Name == counter && line.Labels.ContainsKey(label))
        .GroupBy(line => line.Labels[label])
        .ToDictionary(lines => lines.Key, lines => lines.Sum(line => (long)line.Value));

    [GeneratedRegex("""^(?<name>\w+)(\{(?<labels>[^}\n]*)\})? (?<value>[-+0-9.eEINnaf]+)""", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<name>\\w+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Label();
}
