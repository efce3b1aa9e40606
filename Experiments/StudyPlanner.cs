using Blockchain.Launching;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>Turns what was asked for into what is to be run, or says everything that is wrong with it.</summary>
internal static class StudyPlanner
{
    private const string SizeKey = "peers";

    /// <param name="problems">One line each.</param>
    /// <returns>Null if there are problems.</returns>
    public static Study? Plan(string name, ExperimentOptions options, List<string> problems)
    {
        if (Catalogue.Find(name) is not { } experiment)
        {
            problems.Add(
                $"There is no experiment \"{name}\". There are: "
                + $"{string.Join(", ", Catalogue.All.Select(one => one.Name))}, compare.");
            return null;
        }

        var values = experiment.Parameter.Choose(options.Values, "--values", problems);
        var until = StoppingRule.Of(options, experiment.Drawn[0].Measure, problems);
        var with = Crossing.Find(experiment, options, problems);
        var withValues = with?.Parameter.Choose(options.WithValues, "--with-values", problems);
        if (ChooseBase(experiment, options, problems) is not var (config, note) || problems.Count > 0)
        {
            return null;
        }

        var cases = values
            .Select(value => new Case(
                experiment.Parameter.Text(value), value, experiment.Parameter.Apply(config, value)))
            .ToArray();
        if (with is not null && withValues is not null)
        {
            if (Crossing.Problem(experiment, with, config) is { } misfit)
            {
                problems.Add(misfit);
                return null;
            }

            cases = Crossing.Cases(cases, with.Parameter, withValues);
        }

        var sweep = new Sweep(experiment.Parameter.Key, cases, options.Seeds) { WithColumn = with?.Parameter.Key };
        problems.AddRange(sweep.Problems());
        if (problems.Count == 0 && with is not null)
        {
            problems.AddRange(Crossing.Alike(sweep));
        }

        if (problems.Count == 0)
        {
            problems.AddRange(sweep.Cases
                .Select(one => MachineMemory.Problem(one.Config, Math.Min(options.Parallel, sweep.Runs)))
                .OfType<string>()
                .Take(1));
        }

        return problems.Count > 0
            ? null
            : new Study(experiment, config, note, sweep, Command(experiment, with, until, options))
            {
                With = with,
                Until = until,
            };
    }

    private static (SimulationConfig Config, string Note)? ChooseBase(
        Experiment experiment, ExperimentOptions options, List<string> problems)
    {
        if (options is { Preset: not null, File: not null })
        {
            problems.Add("Give --preset or --file, not both.");
            return null;
        }

        (SimulationConfig Config, string Note)? chosen = options switch
        {
            { Preset: { } shape } => (
                BaseNetworks.Preset(shape), $"The network {Presets.NameOf(shape)} {BaseNetworks.PresetNote}"),
            { File: { } file } => BaseFile.Read(file, problems) is { } read
                ? (read, $"The network of {Path.GetFileName(file)}.")
                : null,
            _ => (experiment.Base(), experiment.BaseNote),
        };
        if (chosen is not var (config, note))
        {
            return null;
        }

        if (config.Network is PlannedNetwork && !experiment.Parameter.SuitsPlanned)
        {
            problems.Add($"{experiment.Name} changes how a random network is made, which is not possible with a "
                + "peers.json. Use "
                + "--preset, or no --file.");
        }

        if (config.Network is GeneratedNetwork && experiment.Parameter.NeedsPlanned)
        {
            problems.Add($"{experiment.Name} says who knows whom, which is not possible with --preset. "
                + "Use --file with a peers.json, or neither.");
            return null;
        }

        if (options.Peers is { } peers)
        {
            if (config.Network is PlannedNetwork)
            {
                problems.Add("--peers: the peers.json says how many peers there are.");
            }
            else if (experiment.Parameter.Key == SizeKey)
            {
                problems.Add("--peers: this experiment changes it; use --values.");
            }
            else if (Catalogue.Find(options.With ?? "")?.Parameter.Key == SizeKey)
            {
                problems.Add("--peers: --with changes it; use --with-values.");
            }
            else
            {
                config = Changes.Peers(config, peers);
            }
        }

        return (options.Blocks is { } blocks ? Changes.Blocks(config, blocks) : config, note);
    }

    private static string Command(
        Experiment experiment, Experiment? with, StoppingRule? until, ExperimentOptions options)
    {
        List<string> words = ["experiment", experiment.Name, "--seeds", Csv.Number(options.Seeds)];
        if (options.Values is { } values)
        {
            words.AddRange(["--values", string.Join(',', values.Select(experiment.Parameter.Text))]);
        }

        if (with is not null)
        {
            words.AddRange(["--with", with.Name]);
        }

        if (with is not null && options.WithValues is { } withValues)
        {
            words.AddRange(["--with-values", string.Join(',', withValues.Select(with.Parameter.Text))]);
        }

        if (options.Peers is { } peers)
        {
            words.AddRange(["--peers", Csv.Number(peers)]);
        }

        if (options.Blocks is { } blocks)
        {
            words.AddRange(["--blocks", Csv.Number(blocks)]);
        }

        if (options.Preset is { } preset)
        {
            words.AddRange(["--preset", Presets.NameOf(preset)]);
        }

        if (options.File is { } file)
        {
            words.AddRange(["--file", file]);
        }

        return CommandText.Of([.. words, .. until?.Words() ?? []]);
    }
}
