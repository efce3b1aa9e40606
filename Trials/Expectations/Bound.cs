using System.Globalization;

namespace Blockchain.Trials.Expectations;

/// <summary>A number from here to there; null: without a limit.</summary>
public sealed record Bound(double? AtLeast, double? AtMost)
{
    public bool Contains(double value) => (AtLeast is null || value >= AtLeast) && (AtMost is null || value <= AtMost);

    public override string ToString() => (AtLeast, AtMost) switch
    {
        ({ } least, { } most) when least.Equals(most) => $"exactly {Text(least)}",
        ({ } least, { } most) => $"{Text(least)} to {Text(most)}",
        ({ } least, null) => $"at least {Text(least)}",
        (null, { } most) => $"at most {Text(most)}",
        _ => "anything",
    };

    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
