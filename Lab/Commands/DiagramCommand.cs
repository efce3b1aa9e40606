using System.CommandLine;
using Blockchain.Lab.Messages;
using Blockchain.Shared;

namespace Blockchain.Lab.Commands;

/// <summary><c>diagram</c>: who said what when, as a picture.</summary>
internal static class DiagramCommand
{
    private static readonly Argument<string?> Source = Arguments.OptionalFile("events", EventSource.Description);

    private static readonly Option<string?> Block =
        Text("--block", "id", "Only what is about the block whose id begins so.");

    private static readonly Option<string?> Transaction =
        Text("--transaction", "id", "Only what is about the transaction whose id begins so.");

    private static readonly Option<TimeSpan?> From = Time("--from", "Begin so long after the begin.");

    private static readonly Option<TimeSpan?> To = Time("--to", "End so long after the begin.");

    private static readonly Option<string?> Peers =
        Text("--peers", "ids", "Only these peers, separated by commas, from left to right.");

    private static readonly Option<string?> ToPeer =
        Text("--to-peer", "id", "Emphasise the way to this peer, not that to the slowest one.");

    private static readonly Option<TimeSpan?> During =
        Time("--during", "Of a network that runs: how long to listen; 30s by default.");

    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "Where the picture goes.",
        HelpName = "file",
        DefaultValueFactory = _ => "diagram.svg",
    };

    public static Command Build()
    {
        var command = new Command(
            "diagram",
            "Draw a space-time diagram as SVG: by default of the block that took longest to reach everybody.")
        {
            Source, Block, Transaction, From, To, Peers, ToPeer, During, Output,
        };
        command.SetAction((parsed, _) =>
        {
            var request = new DiagramRequest(
                parsed.GetValue(Block),
                parsed.GetValue(Transaction),
                parsed.GetValue(From),
                parsed.GetValue(To),
                [
                    .. (parsed.GetValue(Peers) ?? "").Split(
                            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(id => new PeerId(id)),
                ],
                parsed.GetValue(ToPeer) is { } peer ? new PeerId(peer) : null,
                parsed.GetValue(During),
                parsed.GetRequiredValue(Output));
            return RunAsync(parsed.GetValue(Source) ?? PeersFiles.Default, request, Console.Out, Console.Error);
        });
        return command;
    }

    internal static async Task<int> RunAsync(
        string path, DiagramRequest request, TextWriter output, TextWriter error)
    {
        if (EventSource.Open(path, error) is not { } source)
        {
            return ExitCode.Refused;
        }

        var problems = new List<string>();
        if (request is { Block: not null, Transaction: not null })
        {
            problems.Add("Give only one of these: --block, --transaction.");
        }

        if (request.From >= request.To)
        {
            problems.Add("--to: it must be later than --from.");
        }

        if (source.Running is null && request.During is not null)
        {
            problems.Add("--during: a file has its own length; use --from and --to.");
        }

        if (problems.Count > 0)
        {
            problems.ForEach(error.WriteLine);
            return ExitCode.Refused;
        }

        return await new DiagramRun(request, output, error).RunAsync(source);
    }

    private static Option<string?> Text(string name, string what, string description) =>
        new(name) { Description = description, HelpName = what };

    private static Option<TimeSpan?> Time(string name, string description) =>
        new(name) { Description = description, HelpName = "time", CustomParser = Arguments.ParseDuration };
}
