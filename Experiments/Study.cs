using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>An experiment with all that is to be run for it.</summary>
/// <param name="Base">The configuration in which the parameter is changed.</param>
/// <param name="Command">What makes it again.</param>
internal sealed record Study(
    Experiment Experiment, SimulationConfig Base, string BaseNote, Sweep Sweep, string Command);
