namespace Blockchain.AppHost.Network;

/// <summary>
/// The node's own executable. Aspire starts a project by <c>dotnet run</c>, a process of 140 MB and two seconds of
/// computing for each peer, which moreover keeps signals to itself, so that every stop takes the ten seconds until
/// Aspire kills it. The build has made the executable already.
/// </summary>
internal static class NodeProgram
{
    private const string Name = "Blockchain.PeerNode";

    public static IResourceBuilder<ProjectResource> WithOwnExecutable(this IResourceBuilder<ProjectResource> peer)
    {
        var project = peer.Resource.GetProjectMetadata().ProjectPath;
        return Find(Path.GetDirectoryName(project)!, AppContext.BaseDirectory) is { } program
            ? peer.WithAnnotation(new ExecutableAnnotation
            {
                Command = program,
                WorkingDirectory = Path.GetDirectoryName(project)!,
            })
            : peer;
    }

    /// <summary>
    /// What was built in the same configuration for the same framework as this program, <c>bin/Release/net10.0</c>, say;
    /// null where builds lie elsewhere.
    /// </summary>
    private static string? Find(string projectFolder, string ownFolder)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(ownFolder));
        var program = Path.Combine(
            projectFolder, "bin", framework.Parent?.Name ?? "", framework.Name, Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return File.Exists(program) ? program : null;
    }
}
