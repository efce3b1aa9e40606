using System.Globalization;
using System.Text;
using System.Text.Json;
using Blockchain.Experiments.Plots;
using Blockchain.Experiments.Runs.Export;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>
/// Where the results of a run lie. What follows from the configuration alone (events, blocks, summary) is the same byte
/// for byte whenever the run is repeated; when and where it ran stands in the manifest.
/// </summary>
internal sealed class RunFolder
{
    /// <summary>Below the working directory.</summary>
    public const string Usual = "runs";

    public const string ManifestFile = "manifest.json";
    public const string ReportFile = "report.html";

    private static readonly UTF8Encoding Utf8 = new(false);

    private RunFolder(string path) => Path = path;

    public string Path { get; }

    public string Events => At("events.jsonl");

    public string Report => At(ReportFile);

    public string GraphCsv => At("graph.csv");

    public string GraphMl => At("graph.graphml");

    /// <param name="kind">A name of <see cref="ArrivalTables"/>.</param>
    public string Arrivals(string kind) => At($"arrivals.{kind}");

    /// <param name="path">Null: a new folder of this time and name.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static RunFolder Create(string? path, string name, DateTimeOffset now)
    {
        var stamp = now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        path ??= Unused(System.IO.Path.Combine(Usual, $"{stamp}-{name}"));
        Directory.CreateDirectory(path);
        var folder = new RunFolder(path);

        // Of an earlier run; this one may not write them.
        foreach (var file in (string[])
            [folder.Events, folder.GraphCsv, folder.GraphMl, .. ArrivalTables.Kinds.Select(folder.Arrivals)])
        {
            File.Delete(file);
        }

        return folder;
    }

    /// <summary>Why results must not go to a folder; null if they may.</summary>
    public static string? WhyNot(string path)
    {
        if (File.Exists(path))
        {
            return $"{path} is a file.";
        }

        var isOther = Directory.Exists(path)
            && Directory.EnumerateFileSystemEntries(path).Any()
            && !RunManifest.IsOurs(System.IO.Path.Combine(path, ManifestFile));
        return isOther ? $"{path} has other files in it. Choose an empty or new folder." : null;
    }

    /// <summary>The folder, or with a number after it the first one that is not there yet.</summary>
    public static string Unused(string path)
    {
        var unused = path;
        for (var i = 2; Directory.Exists(unused); i++)
        {
            unused = $"{path}-{i}";
        }

        return unused;
    }

    public void Write(RunManifest manifest) => File.WriteAllText(At(ManifestFile), manifest.ToJson(), Utf8);

    public void Write(SimulationResult result)
    {
        var summary = JsonSerializer.SerializeToNode(result, SimulationJson.Options)!.AsObject();

        // They have a file of their own.
        summary.Remove("blocks");
        File.WriteAllText(At("summary.json"), summary.ToJsonString(SimulationJson.Options) + "\n", Utf8);
        File.WriteAllText(At("blocks.csv"), BlockTable.Of(result.Blocks), Utf8);
    }

    public void Write(ReportPage report) => report.Write(Report);

    private string At(string file) => System.IO.Path.Combine(Path, file);
}
