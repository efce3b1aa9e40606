using System.CommandLine;
using Blockchain.Lab.Trials;
using Blockchain.Launching.Nodes;
using Blockchain.Trials;

namespace Blockchain.Lab.Commands;

/// <summary><c>run</c>: scenarios, each with a verdict.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("scenario.json")
        {
            Description = "What happens, and what must then be true.",
            Arity = ArgumentArity.OneOrMore,
        };
        var host = new Option<string>("--on")
        {
            Description = $"Where to run it: {string.Join(", ", HostNames.All)}; {HostNames.Simulation} by default.",
            HelpName = "host",
            DefaultValueFactory = _ => HostNames.Simulation,
        };
        host.AcceptOnlyFromAmong([.. HostNames.All]);
        var seeds = Arguments.Count(
            "--seeds", "With how many seeds, of which each is one higher; 1 by default.", usually: 1);
        var seed = new Option<ulong?>("--seed")
        {
            Description = "The first seed, in place of the one in the file.",
            HelpName = "n",
        };
        var junit = File("--junit", "Write the results as JUnit XML.");
        var json = File("--json", "Write the results as JSON.");
        var folder = new Option<string?>("--out")
        {
            Description = "Where what is found is kept; by default a new folder in runs.",
            HelpName = "folder",
        };
        var messages = new Option<bool>("--messages")
        {
            Description = "Record every single message of processes, too; of a simulation that is always done.",
        };
        var check = Arguments.CheckPrograms("--check");
        var command = new Command("run", "Run scenarios and say whether what they expect holds.")
        {
            files, host, seeds, seed, junit, json, folder, messages, check,
        };
        command.SetAction((parsed, _) => new ScenarioRuns(new TrialOptions(
            parsed.GetRequiredValue(files),
            parsed.GetRequiredValue(host),
            parsed.GetValue(seeds),
            parsed.GetValue(seed),
            parsed.GetValue(junit),
            parsed.GetValue(json),
            parsed.GetValue(folder),
            parsed.GetValue(messages))
        {
            ChecksPrograms = parsed.GetValue(check),
        }).RunAsync());
        return command;
    }

    private static Option<string?> File(string name, string description) =>
        new(name) { Description = description, HelpName = "file" };
}
