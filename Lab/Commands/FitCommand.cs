using System.CommandLine;
using Blockchain.Experiments.Runs;
using Blockchain.Experiments.Validation;
using Blockchain.Simulation;

namespace Blockchain.Lab.Commands;

/// <summary><c>fit</c>: a network in which a monitor hears what somebody has measured.</summary>
internal static class FitCommand
{
    private const int UsualPeers = 600;

    private static readonly Argument<string> File = new("measurements.csv")
    {
        Description = "Seconds from the first announcement of a block, one a line; or share,seconds with 0.5 and 0.9.",
    };

    private static readonly Option<int> Peers = Arguments.Count("--peers", "Peers of the network.", UsualPeers);

    private static readonly Option<bool> Whole = new("--no-compact")
    {
        Description = "Blocks travel whole, on the lines of 2015; without, as compact blocks on those of 2019.",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The configuration that is written, for simulate --config.",
        HelpName = "file",
        DefaultValueFactory = _ => "fitted.json",
    };

    public static Command Build()
    {
        var command = new Command("fit", "Find a network that spreads blocks as somebody has measured it.")
        {
            File, Peers, Whole, Out,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            parsed.GetValue(File)!, parsed.GetValue(Peers), parsed.GetValue(Whole), parsed.GetValue(Out)!));
        return command;
    }

    private static async Task<int> RunAsync(string file, int peers, bool isWhole, string path)
    {
        var problems = new List<string>();
        var text = ConfigSource.ReadText(file, problems);
        var lines = System.Text.Encoding.UTF8.GetString(text ?? []).ReplaceLineEndings("\n").Split('\n');
        var measured = text is null ? null : Measurements.Read(file, lines, problems);
        var network = new GeneratedNetwork
        {
            Shape = isWhole ? NetworkShape.SimBlock2015 : NetworkShape.SimBlock2019,
            Peers = peers,
            CompactRelay = !isWhole,
        };
        problems.AddRange(ConfigRules.Problems(MonitorFit.Config(network, seed: 1, blocks: 1)));
        if (measured is not { } wanted || problems.Count > 0)
        {
            problems.ForEach(Console.Error.WriteLine);
            return ExitCode.Refused;
        }

        Console.WriteLine(FormattableString.Invariant(
            $"measured: half after {wanted.Half:0.###} s, nine tenths after {wanted.Most:0.###} s"));
        var (fitted, heard) = MonitorFit.To(wanted, network, (tried, times) => Console.WriteLine(
            FormattableString.Invariant($"pace {tried.LatencyFactor:0.000}, ")
            + FormattableString.Invariant($"slow peers {tried.SlowDelay!.Value.TotalSeconds:0.000} s: ")
            + (times is { } found
                ? FormattableString.Invariant($"{found.Half:0.###} s, {found.Most:0.###} s")
                : "blocks do not get around")));
        var config = new SimulationConfig
        {
            Network = fitted,
            WarmUp = fitted.JoiningTakes,
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10) },
            Stop = new StopCondition { Blocks = 100 },
        };
        try
        {
            await System.IO.File.WriteAllTextAsync(path, SimulationJson.Write(config) + "\n");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{Out.Name}: {problem.Message}");
            return ExitCode.Failure;
        }

        Console.WriteLine(FormattableString.Invariant(
            $"fitted: half after {heard.Half:0.###} s, nine tenths after {heard.Most:0.###} s; ")
            + $"simulate --config {path}");
        return ExitCode.Success;
    }
}
