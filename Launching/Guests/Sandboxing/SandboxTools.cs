namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>What of this machine a program in a sandbox may use: its system, and folders that the user names.</summary>
internal sealed class SandboxTools
{
    private static readonly string[] System = ["/usr", "/etc", "/opt", "/nix", "/gnu"];
    private static readonly string[] Programs = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    private readonly string[] _path;

    /// <param name="more">Folders with programs outside of the system's own folders.</param>
    public SandboxTools(IReadOnlyList<string> more)
    {
        // On most systems these are links into /usr today.
        Links = [.. Programs.Where(folder => new DirectoryInfo(folder).LinkTarget is not null)];
        Folders =
        [
            .. System.Concat(Programs.Except(Links)).Where(Directory.Exists),
            .. more.Select(Path.GetFullPath),
        ];
        _path =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Concat(["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"])
                .Concat(more.Select(Path.GetFullPath).SelectMany(folder => new[] { folder, $"{folder}/bin" }))
                .Where(folder => Folders.Concat(Links).Any(
                    top => folder == top || folder.StartsWith(top + "/", StringComparison.Ordinal)))
                .Distinct(),
        ];
    }

    /// <summary>Folders that are links to others.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>Folders that may be read.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Of the folders in which programs are looked for, those that are there in the sandbox.</summary>
    public string SearchPath => string.Join(':', _path);

    public bool Has(string program) => _path.Any(folder => File.Exists(Path.Combine(folder, program)));
}
