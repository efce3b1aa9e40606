namespace Blockchain.Experiments.Runs.Export;

/// <summary>The kinds of files that arrivals can be written to, by the endings of their names.</summary>
internal static class ArrivalTables
{
    private const string Csv = "csv";
    private const string Parquet = "parquet";

    public static IReadOnlyList<string> Kinds { get; } = [Csv, Parquet];

    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IArrivalTable Of(string kind, string path) => kind switch
    {
        Csv => new CsvArrivals(path),
        Parquet => new ParquetArrivals(path),
        _ => throw new ArgumentException($"There is no kind \"{kind}\".", nameof(kind)),
    };
}
