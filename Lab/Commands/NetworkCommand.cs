using System.CommandLine;
using Blockchain.Experiments.Runs;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Commands;

/// <summary>
/// <c>network</c>: makes a <c>peers.json</c> of an edge list or of GraphML, so that processes run it.
/// </summary>
internal static class NetworkCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "An edge list (CSV) or GraphML." };
        var regions = Arguments.RegionsFile();
        var result = new Option<string?>("--out")
        {
            Description = "The file to write; standard output if it is not given.",
            HelpName = "peers.json",
        };
        var command = new Command("network", "Make a peers.json of an edge list or of GraphML.")
        {
            file, regions, result,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file),
            parsed.GetValue(regions),
            parsed.GetValue(result),
            Console.Out,
            Console.Error));
        return command;
    }

    internal static int Run(string file, string? regions, string? result, TextWriter output, TextWriter error)
    {
        var problems = new List<string>();
        if (ConfigSource.ReadNetwork(file, regions, problems) is not { } plan)
        {
            problems.ForEach(error.WriteLine);
            return ExitCode.Refused;
        }

        var text = PeersFile.Write(plan.WithSettings(ForProcesses));
        if (result is null)
        {
            output.Write(text);
            return ExitCode.Success;
        }

        try
        {
            File.WriteAllText(result, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{result}: {problem.Message}");
            return ExitCode.Refused;
        }

        output.WriteLine($"{result}: {plan.Peers.Count} peers.");
        return ExitCode.Success;
    }

    /// <summary>The defaults, but peers keep to the links of the file, and only those lose, delay and limit.</summary>
    private static PeerSettings ForProcesses(PeerSettings settings) => PeerSettings.Default with
    {
        Discovery = false,
        DropProbability = 0,
        Latency = settings.Latency,
        Capacity = default,
        SendLimit = RateLimit.None,
        InboundLimit = RateLimit.None,
    };
}
