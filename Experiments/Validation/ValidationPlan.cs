namespace Blockchain.Experiments.Validation;

/// <summary>What is held against what.</summary>
/// <param name="Claims">In the order of the page.</param>
/// <param name="Sweep">A case for each network.</param>
internal sealed record ValidationPlan(IReadOnlyList<Claim> Claims, Sweep Sweep)
{
    /// <summary>Student's bands of four runs are wide, those of six are usable.</summary>
    public const int ShortSeeds = 4;

    public const int FullSeeds = 6;

    /// <param name="isShort">Half of the networks, for each change; the other half for a release.</param>
    public static ValidationPlan Of(bool isShort)
    {
        var (claims, networks) = Validation.Claims.Of(isShort);
        return new ValidationPlan(claims, new Sweep(
            "network",
            [.. networks.Select((network, i) => new Case(network.Key, i, network.Value))],
            isShort ? ShortSeeds : FullSeeds));
    }

    public IReadOnlyList<Judged> Judge(SweepResult result)
    {
        var byNetwork = result.Rows.ToLookup(row => Sweep.Cases[row.Case].Label, row => row.Run);
        return
        [
            .. Claims.Select(claim => new Judged(
                claim, Interval.Of([.. byNetwork[claim.Network].Select(claim.Of).OfType<double>()]))),
        ];
    }
}
