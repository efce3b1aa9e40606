namespace Blockchain.Experiments;

/// <summary>One run that went to its end.</summary>
/// <param name="Case">Its number in <see cref="Sweep.Cases"/>.</param>
internal sealed record SweepRow(int Case, ulong Seed, FinishedRun Run)
{
    private readonly double?[] _values = [.. Measures.All.Select(measure => measure.Of(Run))];

    /// <summary>Null where the run has none.</summary>
    public double? this[Measure measure] => _values[Index(measure)];

    private static int Index(Measure measure) =>
        Enumerable.Range(0, Measures.All.Count).First(i => Measures.All[i].Key == measure.Key);
}

/// <summary>What came of a sweep, or of what was finished of it.</summary>
/// <param name="Rows">By case, then by seed, in whatever order they were finished.</param>
internal sealed record SweepResult(Sweep Sweep, IReadOnlyList<SweepRow> Rows)
{
    /// <summary>
    /// From which value on the experiment's measure is above zero; null: it does not ask, or did not come to that.
    /// </summary>
    public Interval? Threshold { get; init; }

    /// <summary>What came of the search for narrow bands; null: there was none.</summary>
    public string? Narrowing { get; init; }

    public bool IsComplete => Rows.Count == Sweep.Runs;

    /// <summary><c>data.csv</c>: a line for each run.</summary>
    public string DataCsv() => Csv.Text(
    [
        [
            .. Sweep.Columns, "seed", "peers", "blocks", "height", "stale_blocks", "false_blocks", "transactions",
            "reorganisations", "deepest_reorganisation", "bans", "events", "virtual_s",
            .. Measures.All.Select(measure => measure.Key),
        ],
        .. Rows.Select(Cells),
    ]);

    private IEnumerable<string> Cells(SweepRow row)
    {
        var result = row.Run.Result;
        return
        [
            .. Sweep.Cases[row.Case].Labels, Csv.Number((long)row.Seed), Csv.Number(result.Peers),
            Csv.Number(result.Blocks.Count),
            Csv.Number(result.Height), Csv.Number(result.StaleBlocks), Csv.Number(result.FalseBlocks),
            Csv.Number(result.Transactions), Csv.Number(result.Reorganisations),
            Csv.Number(result.DeepestReorganisation),
            Csv.Number(result.Bans), Csv.Number(result.Events), Csv.Number(result.Elapsed.TotalSeconds),
            .. Measures.All.Select(measure => Csv.Number(row[measure])),
        ];
    }
}
