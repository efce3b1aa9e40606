namespace Blockchain.Experiments.Validation;

/// <summary>Something published, or that follows by calculation, that the simulator is held against.</summary>
/// <param name="Quantity">What is compared.</param>
/// <param name="Network">Its name in <see cref="ValidationNetworks"/>.</param>
/// <param name="Source">Who says so, and where.</param>
/// <param name="Target">What they say.</param>
/// <param name="Of">What a run has; null: nothing.</param>
internal sealed record Claim(
    string Quantity, string Network, string Source, Target Target, Func<FinishedRun, double?> Of)
{
    /// <summary>In pictures and tables: "s", "%" or none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Why it is known to differ; null: it has to agree.</summary>
    public string? WhyItDiffers { get; init; }
}

/// <summary>What a value should be.</summary>
/// <param name="Text">As it is published.</param>
/// <param name="Low">The least that agrees.</param>
/// <param name="High">The greatest.</param>
/// <param name="Value">What ours is drawn against.</param>
internal sealed record Target(string Text, double Low, double High, double Value)
{
    /// <summary>A closed form: right, except for chance.</summary>
    public static Target Exactly(double value) => new(Number(value), value, value, value);

    /// <summary>A measurement of another network, or of another simulator's.</summary>
    public static Target About(double value, double tolerance) => new(
        FormattableString.Invariant($"{Number(value)} ± {100 * tolerance:0} %"),
        value * (1 - tolerance), value * (1 + tolerance), value);

    public static Target Between(double low, double high) =>
        new($"{Number(low)} to {Number(high)}", low, high, (low + high) / 2);

    public static Target AtMost(double value) => new($"≤ {Number(value)}", double.NegativeInfinity, value, value);

    public static string Number(double value) => double.IsFinite(value)
        ? value.ToString(
            Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.###",
            System.Globalization.CultureInfo.InvariantCulture)
        : "–";
}

internal enum Verdict
{
    /// <summary>Our mean lies in the published range, or a closed form in our band.</summary>
    Agrees,

    /// <summary>Our mean lies outside, but the range and our band meet: more seeds would tell.</summary>
    Open,

    /// <summary>It does not, and why is known.</summary>
    Differs,

    /// <summary>It does not, and should.</summary>
    Fails,
}

/// <param name="Ours">Over the seeds, with its band.</param>
internal sealed record Judged(Claim Claim, Interval Ours)
{
    public Verdict Verdict => IsInside || (Meets && Claim.Target.Low == Claim.Target.High) ? Verdict.Agrees
        : Meets ? Verdict.Open
        : Claim.WhyItDiffers is null ? Verdict.Fails
        : Verdict.Differs;

    private bool IsInside => Ours.Mean >= Claim.Target.Low && Ours.Mean <= Claim.Target.High;

    private bool Meets => Ours.IsKnown && Ours.Low <= Claim.Target.High && Ours.High >= Claim.Target.Low;
}
