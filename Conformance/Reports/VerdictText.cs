using System.Globalization;

namespace Blockchain.Conformance.Reports;

/// <summary>Verdicts in words.</summary>
public static class VerdictText
{
    public static string Of(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Held => "held",
        RuleVerdict.Broken => "broken",
        _ => "could not be told",
    };

    /// <summary>How many rules, not tests.</summary>
    public static string Summary(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var verdicts = report.Results.Select(result => result.Rule).Distinct().Select(report.VerdictOf).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{verdicts.Count} rules: {Count(RuleVerdict.Held)} held, {Count(RuleVerdict.Broken)} broken, "
                + $"{Count(RuleVerdict.Unknown)} could not be told");

        int Count(RuleVerdict verdict) => verdicts.Count(one => one == verdict);
    }

    /// <summary>As <c>+1.250 s  ← 5001  {…}</c>: the node hears it; → the node says it.</summary>
    public static string Of(ExchangedLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line.At.TotalSeconds,9:0.000} s  node {(line.IsFromTestee ? "→" : "←")} {line.Peer}  {line.Text}");
    }
}
