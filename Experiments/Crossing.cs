using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>The parameter of one experiment changed together with that of another: every value with every value.</summary>
internal static class Crossing
{
    /// <summary>The second experiment, as it was asked for.</summary>
    /// <returns>Null if none was, or after what is wrong was added.</returns>
    public static Experiment? Find(Experiment first, ExperimentOptions options, List<string> problems)
    {
        if (options.With is not { } name)
        {
            if (options.WithValues is not null)
            {
                problems.Add("--with-values: say with --with which experiment they are of.");
            }

            return null;
        }

        if (Catalogue.Find(name) is not { } with)
        {
            problems.Add($"--with: there is no experiment \"{name}\". There are: "
                + $"{string.Join(", ", Catalogue.All.Select(one => one.Name))}.");
            return null;
        }

        if (with.Parameter.Key == first.Parameter.Key)
        {
            problems.Add($"--with: {first.Name} and {with.Name} change the same thing.");
            return null;
        }

        return with;
    }

    /// <summary>Why the second cannot be changed in the network of the first; null if it can.</summary>
    public static string? Problem(Experiment first, Experiment with, SimulationConfig config)
    {
        if (config.Network is not PlannedNetwork { Plan: var plan })
        {
            return with.Parameter.NeedsPlanned
                ? $"--with: {with.Name} says who knows whom, which {first.Name} leaves to chance. Use --file with a "
                    + $"peers.json, or begin with {with.Name}."
                : null;
        }

        return !with.Parameter.SuitsPlanned
            ? $"--with: {with.Name} changes how a random network is made, and that of {first.Name} is planned."
            : !with.Parameter.Suits(plan)
                ? $"--with: {with.Name} needs another network than that of {first.Name}; each brings its own attackers."
                : null;
    }

    /// <summary>By the value of the first, then of the second.</summary>
    public static Case[] Cases(IReadOnlyList<Case> firsts, Parameter with, IReadOnlyList<double> values) =>
    [
        .. from first in firsts
           from value in values
           select first with { Config = with.Apply(first.Config, value), With = (with.Text(value), value) },
    ];

    /// <summary>In a line, if two cases are the same network: one factor undoes the other, or has no effect in it.</summary>
    public static IEnumerable<string> Alike(Sweep sweep) =>
    [
        .. sweep.Cases.GroupBy(one => SimulationJson.Write(one.Config))
            .Select(group => group.ToArray())
            .Where(alike => alike.Length > 1)
            .Select(alike => $"--with: {alike[0].Name(sweep)} and {alike[1].Name(sweep)} are the same network, so that "
                + "one of both has no effect beside the other.")
            .Take(1),
    ];
}
