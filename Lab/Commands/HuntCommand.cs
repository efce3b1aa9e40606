using System.CommandLine;
using Blockchain.Experiments.Hunting;
using Blockchain.Lab.Hunting;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Reading;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary><c>hunt</c>: looks for a run in which a scenario fails, and makes it small.</summary>
internal static class HuntCommand
{
    private const int UsualSeeds = 10_000;

    private static readonly Argument<string> File = new("scenario.json") { Description = "The scenario." };

    private static readonly Option<int> Seeds =
        Arguments.Count("--seeds", "Trials at most, each with its own seed.", UsualSeeds);

    private static readonly Option<TimeSpan?> For = new("--for")
    {
        Description = "How long to search at most; 10min if nothing else is said.",
        HelpName = "time",
        CustomParser = Arguments.ParseDuration,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Where the result goes; by default a new folder in runs.",
        HelpName = "folder",
    };

    private static readonly Option<string?> Seed = new("--seed")
    {
        Description = "The seed of the first trial; that of the scenario if nothing is said.",
        HelpName = "seed",
    };

    private static readonly Option<int> Parallelism =
        Arguments.Count("--parallel", "Trials at a time.", Environment.ProcessorCount);

    public static Command Build()
    {
        var command = new Command(
            "hunt", "Search seeds, networks and faults until a scenario fails, then find its smallest failing run.")
        {
            File, Seeds, For, Out, Seed, Parallelism,
        };
        command.SetAction(parsed =>
        {
            var problems = new List<string>();
            if (Read(parsed, problems) is { } request)
            {
                return new HuntRun(request, AnsiConsole.Console).Run();
            }

            problems.ForEach(Console.Error.WriteLine);
            return ExitCode.Refused;
        });
        return command;
    }

    /// <summary>What was asked for; null if anything is wrong, a line for each mistake.</summary>
    internal static HuntRequest? Read(ParseResult parsed, List<string> problems)
    {
        var path = parsed.GetValue(File)!;
        ulong? seed = null;
        try
        {
            seed = parsed.GetValue(Seed) is { } text ? Quantities.Seed(text) : null;
        }
        catch (FormatException error)
        {
            problems.Add($"{Seed.Name}: {error.Message}");
        }

        var result = ScenarioFile.Load(path, System.IO.File.ReadAllBytes);
        problems.AddRange(result.Problems.Where(problem => problem.Severity == Severity.Error)
            .Select(problem => $"{path}: {problem.Path}: {problem.Message}"));
        if (result.Scenario?.Hosts.Contains(HostNames.Simulation) == false)
        {
            problems.Add($"{path}: $.hosts: a hunt runs in a simulation, where this scenario does not run");
        }

        var folder = parsed.GetValue(Out);
        if (folder is not null && HuntFolder.WhyNot(folder) is { } reason)
        {
            problems.Add($"{Out.Name}: {reason}");
        }

        return problems.Count > 0 || result.Scenario is not { } scenario ? null : new HuntRequest(scenario)
        {
            First = seed ?? scenario.Seed,
            Seeds = parsed.GetValue(Seeds),
            For = parsed.GetValue(For) ?? HuntRequest.UsualTime,
            Folder = folder,
            Parallelism = parsed.GetValue(Parallelism),
        };
    }
}
