using Blockchain.Shared;

namespace Blockchain.Simulation;

/// <summary>What is wrong with a configuration, one line each.</summary>
internal sealed class ProblemList
{
    public List<string> All { get; } = [];

    public void Add(string problem) => All.Add(problem);

    public void Unless(bool condition, string problem)
    {
        if (!condition)
        {
            All.Add(problem);
        }
    }

    public void Name(Registry registry, string name)
    {
        if (registry.Problem(name) is { } problem)
        {
            Add(char.ToUpperInvariant(problem[0]) + problem[1..] + ".");
        }
    }

    public void Share(double value, string what) =>
        Unless(value is >= 0 and <= 1, $"The {what} is {value}; it must be from 0 to 1.");
}
