using System.CommandLine;
using Blockchain.Lab.Messages;
using Blockchain.Shared;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary><c>messages</c>: what two peers say to each other.</summary>
internal static class MessagesCommand
{
    private static readonly Argument<string> One = new("peer") { Description = "One of the two." };

    private static readonly Argument<string> Other = new("other") { Description = "The other one." };

    private static readonly Option<string> Source = new("--in")
    {
        Description = EventSource.Description,
        HelpName = "file",
        DefaultValueFactory = _ => PeersFiles.Default,
    };

    private static readonly Option<TimeSpan?> During = new("--during")
    {
        Description = "How long to listen; 60s by default. Of a file: how much of it; by default all.",
        HelpName = "time",
        CustomParser = Arguments.ParseDuration,
    };

    private static readonly Option<TimeSpan?> From = new("--from")
    {
        Description = "Of a file: begin so long after its begin.",
        HelpName = "time",
        CustomParser = Arguments.ParseDuration,
    };

    public static Command Build()
    {
        var command = new Command("messages", "Show what two peers say to each other, decoded and in order.")
        {
            One, Other, Source, During, From,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(Source),
            new PeerId(parsed.GetRequiredValue(One)),
            new PeerId(parsed.GetRequiredValue(Other)),
            parsed.GetValue(From),
            parsed.GetValue(During),
            AnsiConsole.Console,
            Console.Error));
        return command;
    }

    internal static async Task<int> RunAsync(
        string path, PeerId one, PeerId other, TimeSpan? from, TimeSpan? during, IAnsiConsole console, TextWriter error)
    {
        if (EventSource.Open(path, error) is not { } source)
        {
            return ExitCode.Refused;
        }

        var problems = new List<string>();
        if (one == other)
        {
            problems.Add($"A conversation has two peers, and {one} is only one.");
        }

        if (source.Running is { } plan)
        {
            problems.AddRange(new[] { one, other }.Distinct().Where(peer => !plan.TryGet(peer, out _))
                .Select(source.Lacks));
            if (from is not null)
            {
                problems.Add("--from: only a file has a past.");
            }
        }

        if (problems.Count > 0)
        {
            problems.ForEach(error.WriteLine);
            return ExitCode.Refused;
        }

        return await new MessagesRun(console, error).RunAsync(source, one, other, from, during);
    }
}
