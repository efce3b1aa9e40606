using Blockchain.Shared;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Blockchain.Experiments;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;

namespace Blockchain.Lab.Commands;

/// <summary>
/// <c>experiment</c>: one thing in a simulated network is changed, and what follows is measured and drawn.
/// </summary>
internal static class ExperimentCommand
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "Which experiment; without it, all are listed with their questions.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string> First = new("a")
    {
        Description = "A peers.json, a configuration of the simulator, or the folder of a finished run or experiment.",
    };

    private static readonly Argument<string> Second = new("b") { Description = "Another one of the same kind." };

    private static readonly Option<int> Seeds = Arguments.Count(
        "--seeds", "Runs of each value, each with another seed.", ExperimentOptions.UsualSeeds);

    private static readonly Option<double?> UntilWidth = new("--until-width")
    {
        Description = "More seeds until the 95 % band of a measure is at most so wide, as a share of its mean, for "
            + "every value.",
        HelpName = "5%",
        CustomParser = ParseWidth,
    };

    private static readonly Option<string?> Of = new("--of")
    {
        Description = "The measure of --until-width; by default the first that the experiment draws.",
        HelpName = "measure",
    };

    private static readonly Option<int> MostSeeds = Arguments.Count(
        "--most-seeds", "Where --until-width ends in any case.", ExperimentOptions.UsualMostSeeds);

    private static readonly Option<int?> Peers = Number("--peers", "Peers in the network.");

    private static readonly Option<int?> Blocks = Number("--blocks", "Honest blocks made in each run.");

    private static readonly Option<int> Parallel = Arguments.Count(
        "--parallel", "Runs at a time.", Environment.ProcessorCount);

    private static readonly Option<IReadOnlyList<double>?> Values = ValuesOption(
        "--values", "Values to try, in place of the experiment's own; shares as 0.1, relay rules by their names.");

    private static readonly Option<string?> With = new("--with")
    {
        Description = "Another experiment: what it changes is changed as well, every value with every value.",
        HelpName = "name",
    };

    private static readonly Option<IReadOnlyList<double>?> WithValues = ValuesOption(
        "--with-values", "Values of that, in place of its own.");

    private static readonly Option<NetworkShape?> Preset = new("--preset")
    {
        Description = $"A random network as the base: {string.Join(", ", Presets.Names)}.",
        HelpName = "name",
        CustomParser = ParsePreset,
    };

    private static readonly Option<string?> File = new("--file")
    {
        Description = "The base: a peers.json or a configuration of the simulator.",
        HelpName = "file",
    };

    private static readonly Option<string?> Folder = new("--out")
    {
        Description = "Where the results go. By default runs/experiment-NAME, with a number if that folder exists.",
        HelpName = "folder",
    };

    public static Command Build()
    {
        var command = new Command("experiment", "Change one thing in a simulated network; measure and draw "
            + "the result.")
        {
            Name, Seeds, UntilWidth, Of, MostSeeds, Values, With, WithValues, Peers, Blocks, Preset, File, Folder,
            Parallel, BuildCompare(),
        };
        command.SetAction((parsed, _) => RunAsync(parsed, Console.Out, Console.Error));
        return command;
    }

    /// <summary>Does what the parsed line says, be it an experiment or a comparison.</summary>
    internal static Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error)
    {
        var run = new ExperimentRun(Read(parsed), output, error);
        if (parsed.GetResult(First) is null)
        {
            return run.RunAsync(parsed.GetValue(Name));
        }

        var (first, second) = (parsed.GetRequiredValue(First), parsed.GetRequiredValue(Second));
        return Directory.Exists(first) || Directory.Exists(second)
            ? CompareFinishedAsync(parsed, run, first, second, error)
            : run.CompareAsync(first, second);
    }

    private static async Task<int> CompareFinishedAsync(
        ParseResult parsed, ExperimentRun run, string first, string second, TextWriter error)
    {
        Option[] ofRuns = [Seeds, UntilWidth, Of, MostSeeds, Blocks];
        if (!Directory.Exists(first) || !Directory.Exists(second))
        {
            await error.WriteLineAsync("Give two files to be run, or two folders of finished runs.");
            return ExitCode.Refused;
        }

        if (ofRuns.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } useless)
        {
            await error.WriteLineAsync($"{useless.Name}: the runs of two folders are finished; nothing is run again.");
            return ExitCode.Refused;
        }

        return await run.CompareFinishedAsync(first, second);
    }

    private static Command BuildCompare()
    {
        var command = new Command("compare", "Run two networks with the same seeds, or take "
            + "two folders of finished runs, and say what differs.")
        {
            First, Second, Seeds, UntilWidth, Of, MostSeeds, Blocks, Folder, Parallel,
        };
        command.SetAction((parsed, _) => RunAsync(parsed, Console.Out, Console.Error));
        return command;
    }

    private static ExperimentOptions Read(ParseResult parsed) => new()
    {
        Seeds = parsed.GetValue(Seeds),
        UntilWidth = parsed.GetValue(UntilWidth),
        Of = parsed.GetValue(Of),
        MostSeeds = parsed.GetValue(MostSeeds),
        Peers = parsed.GetValue(Peers),
        Blocks = parsed.GetValue(Blocks),
        Values = parsed.GetValue(Values),
        With = parsed.GetValue(With),
        WithValues = parsed.GetValue(WithValues),
        Preset = parsed.GetValue(Preset),
        File = parsed.GetValue(File),
        Folder = parsed.GetValue(Folder),
        Parallel = parsed.GetValue(Parallel),
    };

    private static Option<int?> Number(string name, string description)
    {
        var number = new Option<int?>(name) { Description = description, HelpName = "n" };
        number.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && value < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return number;
    }

    private static Option<IReadOnlyList<double>?> ValuesOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "1,2,4,8",
        CustomParser = result => ParseValues(name, result),
    };

    private static List<double> ParseValues(string name, ArgumentResult result)
    {
        var values = new List<double>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value))
            {
                values.Add(value);
            }
            else if (RelayRules.All.Names.ToList().IndexOf(text) is >= 0 and var place)
            {
                values.Add(place);
            }
            else
            {
                result.AddError($"{name}: \"{text}\" is neither a number nor a relay rule; write for example "
                    + "1,2,4,8.");
            }
        }

        return values;
    }

    private static double? ParseWidth(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text.EndsWith('%') && double.TryParse(
                text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
            && percent > 0 && double.IsFinite(percent))
        {
            return percent / 100;
        }

        result.AddError($"--until-width: \"{text}\" is not a share of the mean; write for example 5%.");
        return null;
    }

    private static NetworkShape? ParsePreset(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Presets.TryGet(text, out var shape))
        {
            return shape;
        }

        result.AddError($"There is no preset \"{text}\". There are: {string.Join(", ", Presets.Names)}.");
        return null;
    }
}
