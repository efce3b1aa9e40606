namespace Blockchain.Trials;

/// <summary>A verdict and what it rests on.</summary>
/// <param name="Detail">For people: what is, where it is not what it should be.</param>
public sealed record Judgement(Verdict Verdict, string Detail)
{
    /// <summary>A time was measured and is too long: a machine that was busy meanwhile made it longer.</summary>
    public bool IsLate { get; private init; }

    /// <summary>The number that it rests on; null: none, or several.</summary>
    public double? Measured { get; init; }

    public static Judgement Held(string detail = "") => new(Verdict.Held, detail);

    public static Judgement DidNotHold(string detail) => new(Verdict.DidNotHold, detail);

    public static Judgement TookTooLong(string detail) => DidNotHold(detail) with { IsLate = true };

    public static Judgement CouldNotBeTold(string detail) => new(Verdict.CouldNotBeTold, detail);
}
