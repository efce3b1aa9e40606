using System.CommandLine;
using System.Text;
using Blockchain.Experiments.Runs;
using Blockchain.Lab.Simulate;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary><c>simulate</c>: thousands of the same peers in virtual time.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string?> File = Arguments.OptionalFile(
        "peers.json", "The network; peers.json if neither this nor --preset nor --config is given.");

    private static readonly Option<string?> Preset = new("--preset")
    {
        Description = $"A random network: {string.Join(", ", Presets.Names)}.",
        HelpName = "name",
    };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = "A configuration, or the manifest.json of an earlier run; other options change it.",
        HelpName = "file",
    };

    private static readonly Option<string[]> FaultFiles = new("--faults")
    {
        Description = "A file with one fault in each line; # begins a comment.",
        HelpName = "file",
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<bool> NoCompact = new("--no-compact")
    {
        Description = "Blocks travel whole, not as compact blocks.",
    };

    private static readonly Option<bool> Sign = new("--sign")
    {
        Description = "Compute the signatures of a signed network; without, they are only counted.",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Where the results go; by default a new folder in runs.",
        HelpName = "folder",
    };

    private static readonly Option<bool> Events = new("--events")
    {
        Description = "Write every event to events.jsonl, which the Observatory replays.",
    };

    private static readonly Option<bool> Messages = new("--messages")
    {
        Description = "With --events: write every single message too, for Lab messages and Lab diagram.",
    };

    private static readonly Option<bool> Check = Arguments.CheckPrograms();

    public static Command Build()
    {
        var command = new Command("simulate", "Run a network in virtual time and write the results to a folder.")
        {
            File, Preset, Config,
        };
        foreach (var option in ConfigOptions.All)
        {
            command.Add(option.Option);
        }

        command.Add(FaultFiles);
        command.Add(NoCompact);
        command.Add(Sign);
        command.Add(Out);
        command.Add(Events);
        command.Add(Messages);
        command.Add(Check);
        command.SetAction(parsed =>
        {
            var problems = new List<string>();
            if (Read(parsed, problems) is { } request)
            {
                return new SimulateRun(request, AnsiConsole.Console).Run();
            }

            problems.ForEach(Console.Error.WriteLine);
            return ExitCode.Refused;
        });
        return command;
    }

    /// <summary>What was asked for; null if anything is wrong, a line for each mistake.</summary>
    internal static SimulationRequest? Read(ParseResult parsed, List<string> problems)
    {
        if (Begin(parsed, problems) is not { } start)
        {
            return null;
        }

        var draft = new SimulationDraft(start);
        foreach (var option in ConfigOptions.All)
        {
            foreach (var text in parsed.GetValue(option.Option) ?? [])
            {
                Try(option.Option.Name, () => option.Apply(draft, text), problems);
            }
        }

        if (parsed.GetValue(NoCompact))
        {
            Try(
                NoCompact.Name,
                () => draft.Generated(
                    ConfigOptions.IsMeasured,
                    "in this preset blocks travel whole anyway.",
                    network => network with { CompactRelay = false }),
                problems);
        }

        foreach (var path in parsed.GetValue(FaultFiles) ?? [])
        {
            AddFaults(draft, path, problems);
        }

        var config = ConfigSource.WithUsual(draft.Config, isWhole: parsed.GetValue(Config) is not null);
        problems.AddRange(ConfigRules.Problems(config));
        if (problems.Count == 0 && MachineMemory.Problem(config) is { } tooLarge)
        {
            problems.Add(tooLarge);
        }

        if (parsed.GetValue(Messages) && !parsed.GetValue(Events))
        {
            problems.Add($"{Messages.Name}: give {Events.Name} too, which says that events are written at all.");
        }

        var folder = parsed.GetValue(Out);
        if (folder is not null && RunFolder.WhyNot(folder) is { } reason)
        {
            problems.Add($"{Out.Name}: {reason}");
        }

        return problems.Count > 0 ? null : new SimulationRequest(config, NameOf(parsed, config))
        {
            Folder = folder,
            Events = parsed.GetValue(Events),
            Messages = parsed.GetValue(Messages),
            Sign = parsed.GetValue(Sign),
            ChecksPrograms = parsed.GetValue(Check),
            Arguments = [.. parsed.Tokens.Select(token => token.Value)],
        };
    }

    private static SimulationConfig? Begin(ParseResult parsed, List<string> problems)
    {
        var (file, preset, config) = (parsed.GetValue(File), parsed.GetValue(Preset), parsed.GetValue(Config));
        if (new[] { file, preset, config }.Count(source => source is not null) > 1)
        {
            problems.Add("Give only one of these: a peers.json, --preset, --config.");
            return null;
        }

        return config is not null ? ConfigSource.FromConfig(config, problems)
            : preset is not null ? ConfigSource.FromPreset(preset, problems)
            : ConfigSource.FromPeersFile(file ?? PeersFiles.Default, problems);
    }

    private static void Try(string option, Action apply, List<string> problems)
    {
        try
        {
            apply();
        }
        catch (FormatException error)
        {
            problems.Add($"{option}: {error.Message}");
        }
    }

    private static void AddFaults(SimulationDraft draft, string path, List<string> problems)
    {
        if (ConfigSource.ReadText(path, problems) is not { } text)
        {
            return;
        }

        var faults = ActText.ParseFile(path, Encoding.UTF8.GetString(text), problems);
        draft.Change(config => config with { Faults = [.. config.Faults, .. faults] });
    }

    private static string NameOf(ParseResult parsed, SimulationConfig config) =>
        config.Network is GeneratedNetwork network
        ? $"{Presets.NameOf(network.Shape)}-{network.Peers}"
        : Path.GetFileNameWithoutExtension(parsed.GetValue(File) ?? PeersFiles.Default);
}
