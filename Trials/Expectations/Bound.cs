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

    /// <param name="value">What was measured.</param>
    /// <param name="words">Of a number.</param>
    /// <param name="isOfTime">A machine that is busy makes it longer.</param>
    public Judgement Judge(double value, Func<string, string> words, bool isOfTime = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        var detail = words(Contains(value) ? Text(value) : TextOutside(value));
        var judgement = Contains(value) ? Judgement.Held(detail)
            : isOfTime && double.IsFinite(value) && value > AtMost ? Judgement.TookTooLong(detail)
            : Judgement.DidNotHold(detail);
        return judgement with { Measured = value };
    }

    /// <summary>With so many digits that it does not look like one that is inside.</summary>
    private string TextOutside(double value)
    {
        var text = Text(value);
        return new[] { AtLeast, AtMost }.Any(limit => limit is { } known && Text(known) == text)
            ? value.ToString("0.#########", CultureInfo.InvariantCulture)
            : text;
    }

    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
