using System.Globalization;

namespace Blockchain.Experiments;

/// <summary>A number that every run gives.</summary>
/// <param name="Key">Its column in the files.</param>
/// <param name="Name">Its name in pictures and tables.</param>
/// <param name="Unit">What it counts; empty for a share, which pictures show in percent, and for a ratio.</param>
/// <param name="Definition">In one sentence, without a full stop.</param>
/// <param name="Of">Its value; null where the run has none, such as a time to something that never happened.</param>
internal sealed record Measure(string Key, string Name, string Unit, string Definition, Func<FinishedRun, double?> Of)
{
    /// <summary>A time; null means that it never came.</summary>
    public bool IsTime => Unit == "s";

    /// <summary>What its axis says, with the unit.</summary>
    public string Axis => IsTime ? "time (s)" : IsShare ? "share (%)" : Counts ?? $"per block and peer ({Unit})";

    /// <summary>What its numbers count, where it is a ratio: "copies for each useful one".</summary>
    public string? Counts { get; init; }

    /// <summary>From 0 to 1.</summary>
    public bool IsShare { get; init; }

    /// <summary>Its name beside those of its kind.</summary>
    public string ShortName { get; init; } = Name;

    /// <summary>What pictures multiply it by: they have percent.</summary>
    public double Scale => IsShare ? 100 : 1;

    /// <summary>The unit after <see cref="Scale"/>.</summary>
    public string ShownUnit => IsShare ? "%" : Unit;

    /// <summary>Name and unit, as on an axis.</summary>
    public string Label => ShownUnit.Length == 0 ? Name : $"{Name} ({ShownUnit})";

    /// <summary>A value with its unit, in three digits: "1.24 s", "98.7 %".</summary>
    public string Show(double value)
    {
        var number = Number(value);
        return ShownUnit.Length == 0 || !double.IsFinite(value) ? number : $"{number} {ShownUnit}";
    }

    /// <summary>A value without its unit.</summary>
    public string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "–" : "never";
        }

        var shown = value * Scale;
        var digits = Math.Abs(shown) switch
        {
            >= 100 or 0 => "0",
            >= 10 => "0.0",
            >= 0.01 => "0.00",
            _ => "0.0000",
        };
        return shown.ToString(digits, CultureInfo.InvariantCulture);
    }
}
