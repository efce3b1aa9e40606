namespace Blockchain.Benchmarks.Hunts;

/// <summary>A rule of <c>Shared</c> that is broken on purpose, to see whether a hunt finds it.</summary>
/// <param name="Rule">The rule, in a few words.</param>
/// <param name="File">Its path below the folder of <c>Shared</c>.</param>
/// <param name="Original">What stands there, exactly once.</param>
/// <param name="Replacement">What stands there instead.</param>
/// <param name="Scenario">The scenario that is hunted with: the name of a file in this folder.</param>
internal sealed record PlantedFault(
    string Rule, string File, string Original, string Replacement, string Scenario = "anything");
