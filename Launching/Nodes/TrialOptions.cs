using Blockchain.Trials;

namespace Blockchain.Launching.Nodes;

/// <summary>Which scenarios are to be run, and what is to be done with the results.</summary>
/// <param name="Host">One of <see cref="HostNames"/>.</param>
/// <param name="Seeds">With how many seeds each scenario is run.</param>
/// <param name="Seed">The first of them; null: the one of the file.</param>
/// <param name="JUnit">Where JUnit XML goes; null: nowhere.</param>
/// <param name="Json">Where JSON goes; null: nowhere.</param>
/// <param name="Folder">Where what is found is kept; null: a new folder for each.</param>
/// <param name="Messages">Whether single messages are recorded of processes too.</param>
public sealed record TrialOptions(
    IReadOnlyList<string> Files,
    string Host,
    int Seeds = 1,
    ulong? Seed = null,
    string? JUnit = null,
    string? Json = null,
    string? Folder = null,
    bool Messages = false)
{
    /// <summary>Whether each program of somebody else is run twice in virtual time, and compared.</summary>
    public bool ChecksPrograms { get; init; }
}
