using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>An experiment with all that is to be run for it.</summary>
/// <param name="Base">The configuration in which the parameter is changed.</param>
/// <param name="Command">What makes it again.</param>
internal sealed record Study(
    Experiment Experiment, SimulationConfig Base, string BaseNote, Sweep Sweep, string Command)
{
    /// <summary>What is changed beside the experiment's own parameter; null: nothing.</summary>
    public Experiment? With { get; init; }

    /// <summary>Until when there are more seeds; null: there are as many as the sweep says.</summary>
    public StoppingRule? Until { get; init; }

    /// <summary>"fanout", or "fanout-with-loss".</summary>
    public string Name => With is null ? Experiment.Name : $"{Experiment.Name}-with-{With.Name}";

    /// <summary>What is drawn, a picture each: of both experiments, where there are two.</summary>
    public IReadOnlyList<Measure> Drawn =>
        [.. Experiment.Drawn.Concat(With?.Drawn ?? []).Select(drawn => drawn.Measure).DistinctBy(one => one.Key)];
}
