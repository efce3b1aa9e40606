namespace Blockchain.Shared.Topology;

/// <summary>The program of somebody else that a peer is, see <c>docs/node-protocol.md</c>.</summary>
public sealed record GuestProgram
{
    /// <summary>Program and arguments for real time, with {id} and {file} to fill in; null: it has none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Program and arguments for virtual time; null: it has none.</summary>
    public IReadOnlyList<string>? Stdio { get; init; }

    /// <summary>Where it runs, relative to the folder of the file; null: there.</summary>
    public string? Directory { get; init; }

    /// <summary>Variables that are set for it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new SortedDictionary<string, string>();

    /// <summary>It is known by what it says, whatever address of this machine it calls from.</summary>
    public bool IsKnownBySender { get; init; }

    public bool Equals(GuestProgram? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && AreSame(Command, other.Command)
            && AreSame(Stdio, other.Stdio)
            && Directory == other.Directory
            && IsKnownBySender == other.IsKnownBySender
            && Environment.OrderBy(one => one.Key).SequenceEqual(other.Environment.OrderBy(one => one.Key)));

    public override int GetHashCode() => HashCode.Combine(Command?.Count, Stdio?.Count, Directory, IsKnownBySender);

    private static bool AreSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null ? other is null : other is not null && one.SequenceEqual(other);
}
