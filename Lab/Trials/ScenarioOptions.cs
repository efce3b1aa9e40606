namespace Blockchain.Lab.Trials;

/// <summary>What was asked for.</summary>
/// <param name="Host">One of <see cref="Blockchain.Trials.HostNames"/>.</param>
/// <param name="Seeds">With how many seeds each scenario is run.</param>
/// <param name="Seed">The first of them; null: the one of the file.</param>
/// <param name="JUnit">Where JUnit XML goes; null: nowhere.</param>
/// <param name="Json">Where JSON goes; null: nowhere.</param>
/// <param name="Folder">Where what is found is kept; null: a new folder.</param>
internal sealed record ScenarioOptions(
    IReadOnlyList<string> Files,
    string Host,
    int Seeds,
    ulong? Seed,
    string? JUnit,
    string? Json,
    string? Folder);
