using System.Text;
using Blockchain.Events;
using Blockchain.Experiments.Runs;
using Blockchain.Experiments.Trials;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Trials.Reading;

namespace Blockchain.Experiments.Hunting;

/// <summary>Where the results of a hunt lie.</summary>
internal sealed class HuntFolder(string path)
{
    public const string FoundFile = "found.json";
    public const string WholeFile = "unshrunk.json";
    public const string EventsFile = "events.jsonl";
    public const string SummaryFile = "hunt.json";
    public const string ReportFile = "report.html";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Found => At(FoundFile);

    public string Report => At(ReportFile);

    /// <summary>The command that repeats it.</summary>
    public string Repeat => CommandText.Of(["run", Found]);

    /// <summary>A new folder: with a number if there are results of this scenario already.</summary>
    public static string UsualFor(string scenario) =>
        RunFolder.Unused(Path.Combine(RunFolder.Usual, $"hunt-{scenario}"));

    /// <summary>Why results must not go to a folder; null if they may.</summary>
    public static string? WhyNot(string path)
    {
        if (File.Exists(path))
        {
            return $"{path} is a file.";
        }

        string[] ours = [FoundFile, WholeFile, EventsFile, SummaryFile, ReportFile];
        var others = Directory.Exists(path)
            && Directory.EnumerateFileSystemEntries(path).Any(entry => !ours.Contains(Path.GetFileName(entry)));
        return others ? $"{path} has other files in it. Choose an empty or new folder." : null;
    }

    /// <exception cref="IOException">They cannot be written.</exception>
    public (HuntSize Before, HuntSize After) Write(HuntResult result)
    {
        Directory.CreateDirectory(path);
        Write(FoundFile, ScenarioFile.Write(result.Smallest.Scenario));
        Write(WholeFile, ScenarioFile.Write(result.Found.Scenario));
        SimulatedTrial.Record(result.Smallest.Scenario, At(EventsFile));
        var after = HuntSize.Of(result.Smallest, HuntedRun.CountMessages(result.Smallest.Scenario));
        var before = HuntSize.Of(result.Found, HuntedRun.CountMessages(result.Found.Scenario));
        Write(SummaryFile, new HuntSummary(result, before, after).ToJson());
        HuntReport.Of(result, before, after, ReadEvents(), Repeat).Write(Report);
        return (before, after);
    }

    private PeerEvent[] ReadEvents() =>
    [
        .. File.ReadLines(At(EventsFile))
            .Select((line, i) => EventLine.Read(Encoding.UTF8.GetBytes(line), i + 1)?.Event)
            .OfType<PeerEvent>(),
    ];

    private void Write(string file, string text) => File.WriteAllText(At(file), text, Utf8);

    private string At(string file) => Path.Combine(path, file);
}
