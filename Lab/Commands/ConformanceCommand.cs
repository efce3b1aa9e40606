using System.CommandLine;
using Blockchain.Lab.Conformance;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary><c>conformance</c>: tries with a node of others whether it keeps the rules of the wire.</summary>
internal static class ConformanceCommand
{
    private static readonly Argument<string[]> Program = new("command")
    {
        Description = "The program in virtual time: one text in quotes, or words behind --; "
            + "or host:port of a node that runs already.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Tcp = new("--tcp")
    {
        Description = "The program in real time, one text in quotes with {id} and {file} in it.",
        HelpName = "command",
    };

    private static readonly Option<string?> Rules = new("--rules")
    {
        Description = "The rules to try, such as W20-W30,W55; all if nothing is said.",
        HelpName = "rules",
    };

    private static readonly Option<string> Seed = new("--seed")
    {
        Description = "Everything random in the tests follows from it.",
        HelpName = "seed",
        DefaultValueFactory = _ => "1",
    };

    private static readonly Option<bool> List = new(
        "--list") { Description = "Show the rules and what is tried, and stop." };

    private static readonly Option<string?> Json = File("--json", "JSON");

    private static readonly Option<string?> JUnit = File("--junit", "JUnit XML");

    private static readonly Option<string?> Html = File("--html", "one page");

    public static Command Build()
    {
        var command = new Command("conformance",
            "Try with a node of others whether it keeps the rules of docs/wire.md.")
        {
            Program, Tcp, Rules, Seed, List, Json, JUnit, Html,
        };
        command.SetAction(parsed =>
        {
            var problems = new List<string>();
            var request = Read(parsed, problems);
            if (request is not null && parsed.GetValue(List))
            {
                ConformanceTable.List(AnsiConsole.Console, request.Rules);
                return ExitCode.Success;
            }

            if (request is not null)
            {
                return new ConformanceTrial(request, AnsiConsole.Console).Run();
            }

            problems.ForEach(Console.Error.WriteLine);
            return ExitCode.Refused;
        });
        return command;
    }

    /// <summary>What was asked for; null if anything is wrong, a line for each mistake.</summary>
    internal static ConformanceRequest? Read(ParseResult parsed, List<string> problems)
    {
        string[] words = parsed.GetValue(Program) ?? [];
        var running = Try(Program.Name, problems, () => words is [var text] ? NodeAddress.Parse(text) : null);
        var stdio = running is not null ? [] : Try(
            Program.Name, problems, () => words is [var text] ? CommandWords.Split(text) : words);
        var tcp = Try(Tcp.Name, problems, () => parsed.GetValue(Tcp) is { } text ? CommandWords.Split(text) : []);
        var rules = Try(Rules.Name, problems, () => parsed.GetValue(Rules) is { } text ? RuleChoice.Parse(text) : null);
        var seed = Try(Seed.Name, problems, () => (ulong?)Quantities.Seed(parsed.GetValue(Seed)!));
        if (problems.Count == 0 && running is null && stdio!.Count == 0 && tcp!.Count == 0 && !parsed.GetValue(List))
        {
            problems.Add("Which program? Give its command for virtual time, --tcp with that for real time, or "
                + "the host:port of one that runs.");
        }

        if (problems.Count == 0 && tcp!.Count > 0
            && !tcp.Any(word => word.Contains("{file}", StringComparison.Ordinal)))
        {
            problems.Add($"{Tcp.Name}: the command has no {{file}}, so the program cannot know who its peers are");
        }

        var here = Directory.GetCurrentDirectory();
        return problems.Count > 0 ? null : new ConformanceRequest(
            stdio!.Count > 0 ? new GuestProgram { Stdio = stdio, Directory = here } : null,
            tcp!.Count > 0 ? new GuestProgram { Command = tcp, Directory = here } : null,
            rules,
            seed!.Value)
        {
            Running = running,
            Json = parsed.GetValue(Json),
            JUnit = parsed.GetValue(JUnit),
            Html = parsed.GetValue(Html),
        };
    }

    private static Option<string?> File(string name, string what) => new(name)
    {
        Description = $"Write the results to this file too, as {what}.",
        HelpName = "file",
    };

    private static T? Try<T>(string name, List<string> problems, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            problems.Add($"{name}: {error.Message}");
            return default;
        }
    }
}
