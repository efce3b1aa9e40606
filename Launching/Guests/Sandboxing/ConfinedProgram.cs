namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>A program that is to run in a sandbox.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="Folder">Where it runs; all that it sees of its user.</param>
public sealed record ConfinedProgram(IReadOnlyList<string> Command, string Folder)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>It may change its folder: a build must.</summary>
    public bool MayWrite { get; init; }
}
