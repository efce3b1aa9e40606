namespace Blockchain.Launching.Dashboard;

/// <summary>Finds programs as a shell does.</summary>
internal static class Programs
{
    // npm installs commands as scripts where programs end in .exe.
    private static readonly string[] Suffixes = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>Its path, or null.</summary>
    /// <param name="furtherFolders">Where to look after the folders of <c>PATH</c>.</param>
    public static string? Find(string name, params IEnumerable<string> furtherFolders)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(furtherFolders)
            .SelectMany(folder => Suffixes.Select(suffix => Path.Combine(folder, name + suffix)))
            .FirstOrDefault(File.Exists);
    }
}
