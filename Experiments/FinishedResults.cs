using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>The measures of runs that were made before, read from their folder.</summary>
/// <param name="Kind">What it was: "simulate", or the name of the experiment.</param>
/// <param name="Columns">What its cases differ in; none for a single run.</param>
/// <param name="Measures">Those of which the folder says anything.</param>
/// <param name="Cases">By the labels of the case, then measure, then seed; null where that run has no such value.</param>
internal sealed record FinishedResults(
    string Path, string Kind, string Columns, IReadOnlyList<Measure> Measures,
    IReadOnlyDictionary<string, IReadOnlyDictionary<Measure, IReadOnlyDictionary<ulong, double?>>> Cases)
{
    private const string Simulate = "simulate";
    private const string SeedColumn = "seed";

    public IEnumerable<ulong> Seeds =>
        Cases.Values.SelectMany(values => values.Values).SelectMany(values => values.Keys).Distinct();

    /// <returns>Null after the problem was added.</returns>
    public static FinishedResults? Read(string path, List<string> problems)
    {
        var manifestPath = System.IO.Path.Combine(path, RunFolder.ManifestFile);
        if (!RunManifest.IsOurs(manifestPath))
        {
            problems.Add($"{path}: this folder has no {RunFolder.ManifestFile} of a run or an experiment.");
            return null;
        }

        try
        {
            var manifest = JsonNode.Parse(File.ReadAllText(manifestPath))!.AsObject();
            return manifest.ContainsKey("experiment")
                ? OfExperiment(path, manifest)
                : OfRun(path, manifest, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException
            or FormatException or InvalidOperationException)
        {
            problems.Add($"{path}: {error.Message}");
            return null;
        }
    }

    private static FinishedResults OfExperiment(string path, JsonObject manifest)
    {
        var rows = Csv.Read(File.ReadAllText(System.IO.Path.Combine(path, "data.csv")));
        var header = rows.Count > 0 ? rows[0] : [];
        var seed = header.IndexOf(SeedColumn);
        if (seed < 1)
        {
            throw new FormatException("data.csv has no column \"seed\" after those of what was changed.");
        }

        Measure[] measures = [.. Experiments.Measures.All.Where(measure => header.Contains(measure.Key))];
        if (rows.Skip(1).FirstOrDefault(row => row.Count != header.Count) is { } broken)
        {
            throw new FormatException($"data.csv has a line of {broken.Count} cells below {header.Count} columns.");
        }

        var cases = rows.Skip(1).GroupBy(row => string.Join(", ", row.Take(seed))).ToDictionary(
            group => group.Key,
            group => (IReadOnlyDictionary<Measure, IReadOnlyDictionary<ulong, double?>>)measures.ToDictionary(
                measure => measure,
                measure => (IReadOnlyDictionary<ulong, double?>)group.ToDictionary(
                    row => Csv.ParseSeed(row[seed]), row => Csv.ParseNumber(row[header.IndexOf(measure.Key)]))));
        return new FinishedResults(
            path, manifest["experiment"]!.GetValue<string>(), string.Join(", ", header.Take(seed)), measures, cases);
    }

    private static FinishedResults? OfRun(string path, JsonObject manifest, List<string> problems)
    {
        var outcome = manifest["outcome"]!.GetValue<string>();
        if (outcome != "completed")
        {
            problems.Add($"{path}: the run is not finished; its outcome is \"{outcome}\".");
            return null;
        }

        // The blocks have a file of their own; without it, what counts them cannot be measured.
        var summary = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(path, "summary.json")))!.AsObject();
        summary["blocks"] = new JsonArray(
            [.. BlockTable.Read(File.ReadAllText(System.IO.Path.Combine(path, "blocks.csv")))
                .Select(block => JsonSerializer.SerializeToNode(block, SimulationJson.Options))]);
        var result = summary.Deserialize<SimulationResult>(SimulationJson.Options)!;
        var run = new FinishedRun(result, InTime: null);
        var seed = manifest["seed"]!.GetValue<ulong>();
        var values = Experiments.Measures.All
            .Where(measure => measure.IsTime || measure.Of(run) is not null)
            .ToDictionary(
                measure => measure,
                measure => (IReadOnlyDictionary<ulong, double?>)new Dictionary<ulong, double?>
                {
                    [seed] = measure.Of(run),
                });
        return new FinishedResults(
            path,
            Simulate,
            "",
            [.. values.Keys],
            new Dictionary<string, IReadOnlyDictionary<Measure, IReadOnlyDictionary<ulong, double?>>>
            {
                [""] = values,
            });
    }
}
