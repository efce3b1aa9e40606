using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>All runs that are to be made: every case with every seed.</summary>
/// <param name="Column">What the cases differ in, as a column of the files.</param>
/// <param name="Cases">At least one, in the order in which they are shown.</param>
/// <param name="Seeds">How many; they are 1, 2, 3 and so on, the same ones in every case.</param>
internal sealed record Sweep(string Column, IReadOnlyList<Case> Cases, int Seeds)
{
    /// <summary>What they differ in beside that; null: in nothing.</summary>
    public string? WithColumn { get; init; }

    public IEnumerable<string> Columns => WithColumn is null ? [Column] : [Column, WithColumn];

    /// <summary>So many of the seeds have been run before, and are not run again.</summary>
    public int Done { get; init; }

    /// <summary>
    /// With so many, Student's quantile is 2.8; with two it is 12.7, and a band then wider than most pictures.
    /// </summary>
    private const int EnoughSeeds = 5;

    /// <summary>Why its confidence bands say little; null if they do say something.</summary>
    public string? FewSeeds => Seeds switch
    {
        1 => "One seed gives no confidence band: the effect of chance cannot be separated from the effect of the "
            + "change.",
        < EnoughSeeds => $"{Seeds} seeds give a very wide confidence band; use {EnoughSeeds} or more.",
        _ => null,
    };

    public int Runs => Cases.Count * (Seeds - Done);

    /// <summary>
    /// Every case with the first seed, then with the second: an early end leaves every case with some.
    /// </summary>
    public IEnumerable<(int Case, ulong Seed)> Jobs() =>
        from seed in Enumerable.Range(Done + 1, Seeds - Done)
        from index in Enumerable.Range(0, Cases.Count)
        select (index, (ulong)seed);

    /// <summary>What makes it impossible, one line each.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. from one in Cases
           from problem in ConfigRules.Problems(one.Config)
           select $"{one.Name(this)}: {problem}",
    ];
}

/// <summary>One of the configurations that are compared.</summary>
/// <param name="Label">Short, and unlike those of others: "0.1", "a.json".</param>
/// <param name="Value">Its place on the axis.</param>
/// <param name="Config">Its seed is replaced.</param>
internal sealed record Case(string Label, double Value, SimulationConfig Config)
{
    /// <summary>Label and value of the second factor; null: there is one factor.</summary>
    public (string Label, double Value)? With { get; init; }

    /// <summary>In the order of <see cref="Sweep.Columns"/>.</summary>
    public IEnumerable<string> Labels => With is { } with ? [Label, with.Label] : [Label];

    /// <summary>"loss 0.1", or "loss 0.1, fanout 3".</summary>
    public string Name(Sweep sweep) =>
        string.Join(", ", sweep.Columns.Zip(Labels, (column, label) => $"{column} {label}"));
}
