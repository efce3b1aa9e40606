using System.CommandLine;

namespace Blockchain.Lab.Simulate;

/// <summary>
/// An option of <c>simulate</c> that changes the configuration. Its text is read only when all are known, so that what
/// is wrong with any of them can be said at once.
/// </summary>
/// <param name="Apply">Throws <see cref="FormatException"/> for a text that means nothing.</param>
internal sealed record ConfigOption(Option<string[]> Option, Action<SimulationDraft, string> Apply)
{
    public static ConfigOption Of(
        string name, string value, string description, Action<SimulationDraft, string> apply) => new(
        new Option<string[]>(name)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        },
        apply);
}
