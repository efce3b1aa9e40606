using System.Text;
using Blockchain.Experiments.Plots;
using Blockchain.Experiments.Runs;

namespace Blockchain.Experiments;

/// <summary>
/// Where the results of an experiment go; in a folder that was asked for, files of the same names are written over.
/// </summary>
internal sealed class ResultFolder
{
    public const string Report = "report.html";

    private readonly string _path;

    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public ResultFolder(string path) => _path = Directory.CreateDirectory(path).FullName;

    public string ReportPath => Path.Combine(_path, Report);

    /// <summary>A new folder: with a number if there are results of this experiment already.</summary>
    public static string UsualFor(string experiment) =>
        RunFolder.Unused(Path.Combine(RunFolder.Usual, $"experiment-{experiment}"));

    public void Write(Study study, SweepResult result, Provenance provenance)
    {
        var summary = new Summary(result);
        var pictures = study.With is { } crossed
            ? HeatMaps.Of(study, crossed, summary)
            : SweepPictures.Of(study.Experiment, summary, result);
        Write(
            result, summary, pictures, ExperimentManifest.Of(study, result, provenance),
            study.With is { } with
                ? CrossReport.Of(study, with, result, summary, pictures, provenance)
                : SweepReport.Of(study, result, summary, pictures, provenance));
    }

    public void Write(Comparison comparison, SweepResult result, Provenance provenance)
    {
        var summary = new Summary(result);
        var picture = ComparisonPicture.Of(comparison, summary);
        Write(
            result, summary, [picture], ExperimentManifest.OfComparison(
                comparison.Sweep, comparison.Command, result, provenance),
            ComparisonReport.Of(comparison, result, summary, picture, provenance));
        WriteText("differences.csv", Comparison.DifferencesCsv(summary));
    }

    private void Write(
        SweepResult result, Summary summary, IReadOnlyList<Picture> pictures, string manifest, ReportPage report)
    {
        WriteText("data.csv", result.DataCsv());
        WriteText("summary.csv", summary.Csv());
        WriteText("manifest.json", manifest);
        foreach (var picture in pictures)
        {
            picture.Write(_path);
        }

        report.Write(ReportPath);
    }

    private void WriteText(string name, string text) =>
        File.WriteAllText(Path.Combine(_path, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
