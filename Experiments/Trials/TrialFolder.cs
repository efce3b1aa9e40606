using Blockchain.Experiments.Runs;
using Blockchain.Trials;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;

namespace Blockchain.Experiments.Trials;

/// <summary>What is kept of a run that did not go as expected.</summary>
internal static class TrialFolder
{
    /// <param name="path">Null: a new folder of this time and name.</param>
    /// <param name="recording">Of the run; null: it was in virtual time, and is run once more.</param>
    /// <returns>Where it is.</returns>
    public static string Keep(string? path, Scenario scenario, TrialResult result, string? recording)
    {
        var folder = RunFolder.Create(path, scenario.Name, DateTimeOffset.UtcNow);
        File.WriteAllText(Path.Combine(folder.Path, "scenario.json"), ScenarioFile.Write(scenario));
        File.WriteAllText(Path.Combine(folder.Path, "result.json"), JsonReport.Write([result]));
        if (recording is null)
        {
            SimulatedTrial.Record(scenario, folder.Events);
        }
        else
        {
            File.Copy(recording, folder.Events, overwrite: true);
        }

        return folder.Path;
    }
}
