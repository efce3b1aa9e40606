namespace Blockchain.AppHost.Network;

/// <summary>
/// A service's own executable. Aspire starts a project by <c>dotnet run</c>, a process of 140 MB and two seconds of
/// computing for each, which moreover keeps signals to itself, so that every stop takes the ten seconds until
/// Aspire kills it. The build has made the executable already.
/// </summary>
internal static class OwnExecutable
{
    public static IResourceBuilder<ProjectResource> WithOwnExecutable(this IResourceBuilder<ProjectResource> service)
    {
        var project = service.Resource.GetProjectMetadata().ProjectPath;
        return Find(project, AppContext.BaseDirectory) is { } program
            ? service.WithAnnotation(new ExecutableAnnotation
            {
                Command = program,
                WorkingDirectory = Path.GetDirectoryName(project)!,
            })
            : service;
    }

    /// <summary>
    /// What was built in the same configuration for the same framework as this program, <c>bin/Release/net10.0</c>, say;
    /// null where builds lie elsewhere.
    /// </summary>
    private static string? Find(string project, string ownFolder)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(ownFolder));
        var name = $"Blockchain.{Path.GetFileNameWithoutExtension(project)}" + (OperatingSystem.IsWindows() ? ".exe" : "");
        var program = Path.Combine(
            Path.GetDirectoryName(project)!, "bin", framework.Parent?.Name ?? "", framework.Name, name);
        return File.Exists(program) ? program : null;
    }
}
