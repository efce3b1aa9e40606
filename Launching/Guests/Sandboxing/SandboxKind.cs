namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>By which means of the system programs are confined.</summary>
/// <param name="Name">As the user says it.</param>
/// <param name="HasNamespaces">Own processes, own network.</param>
/// <param name="HasMounts">Own view of the files.</param>
/// <param name="MapsUser">By a user namespace: needs no root.</param>
internal sealed record SandboxKind(string Name, bool HasNamespaces, bool HasMounts, bool MapsUser)
{
    public const string Auto = "auto";
    public const string NoneName = "none";
    public const string UnshareName = "unshare";
    public const string BwrapName = "bwrap";

    /// <summary>What starts it, if it is a container; null: it is none.</summary>
    public ContainerEngine? Container { get; init; }

    public static SandboxKind None { get; } =
        new(NoneName, HasNamespaces: false, HasMounts: false, MapsUser: false);

    public static SandboxKind Bwrap { get; } =
        new(BwrapName, HasNamespaces: true, HasMounts: true, MapsUser: false);

    /// <summary>What may be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Auto, UnshareName, BwrapName, ContainerEngine.PodmanName, ContainerEngine.DockerName, NoneName];

    /// <summary>The means of a name, the best first.</summary>
    /// <param name="image">For containers; null: the files of this machine.</param>
    /// <exception cref="RefusedException">With, or without, an image there is none.</exception>
    public static IEnumerable<SandboxKind> Of(string name, string? image) =>
        name is ContainerEngine.PodmanName or ContainerEngine.DockerName
            ? ContainerEngine.Of(name, image).Select(engine =>
                new SandboxKind(name, HasNamespaces: true, HasMounts: true, MapsUser: false) { Container = engine })
            : image is null
                ? Of(name)
                : throw new RefusedException(
                    $"an image is for {ContainerEngine.PodmanName} and {ContainerEngine.DockerName}, not for {name}");

    private static IEnumerable<SandboxKind> Of(string name)
    {
        var isRoot = NativeCalls.IsRoot();
        if (name is Auto or UnshareName)
        {
            foreach (var mapsUser in isRoot ? [false, true] : (bool[])[true])
            {
                yield return new SandboxKind(UnshareName, HasNamespaces: true, HasMounts: true, mapsUser);
            }
        }

        if (name is Auto or BwrapName)
        {
            yield return Bwrap;
        }

        if (name is Auto or UnshareName)
        {
            // Where nothing may be mounted, at least processes and network.
            foreach (var mapsUser in isRoot ? [false, true] : (bool[])[true])
            {
                yield return new SandboxKind(UnshareName, HasNamespaces: true, HasMounts: false, mapsUser);
            }
        }

        if (name is Auto or NoneName)
        {
            yield return None;
        }
    }
}
