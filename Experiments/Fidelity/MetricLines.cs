using System.Globalization;
using System.Text.RegularExpressions;

namespace Blockchain.Experiments.Fidelity;

/// <summary>
/// Counters in the text format of Prometheus: <c>name_total{type="INV"} 42</c>
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). For label values without quotes in them.
/// </summary>
internal static partial class MetricLines
{
    /// <summary>The counter's value for each value of a label, other labels summed up.</summary>
    public static Dictionary<string, long> ByLabel(string text, string counter, string label)
    {
        var sums = new Dictionary<string, long>();
        foreach (Match line in Sample().Matches(text))
        {
            if (line.Groups["name"].Value != counter)
            {
                continue;
            }

            var labels = Label().Matches(line.Groups["labels"].Value);
            if (labels.FirstOrDefault(pair => pair.Groups["name"].Value == label) is not { } value)
            {
                continue;
            }

            var key = value.Groups["value"].Value;
            sums[key] = sums.GetValueOrDefault(key)
                + (long)double.Parse(line.Groups["count"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return sums;
    }

    [GeneratedRegex("""^(?<name>\w+)\{(?<labels>[^}\n]*)\} (?<count>[0-9.eE+]+)""", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<name>\\w+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Label();
}
