namespace Blockchain.AppHost.Network;

/// <summary>
/// A service's own executable. Aspire starts a project by <c>dotnet run</c>, a process of 140 MB and two seconds of
/// computing for each, which moreover keeps signals to itself, so that every stop takes the ten seconds until
/// Aspire kills it. The build has made the executable already. An editor that debugs starts the project in its own way.
/// </summary>
internal static class OwnExecutable
{
    /// <summary>
    /// Where an editor that starts the AppHost with F5 is asked to start projects under its debugger.
    /// </summary>
    private const string DebugSession = "DEBUG_SESSION_PORT";

    public static IResourceBuilder<ProjectResource> WithOwnExecutable(this IResourceBuilder<ProjectResource> service)
    {
        if (!string.IsNullOrEmpty(service.ApplicationBuilder.Configuration[DebugSession]))
        {
            return service;
        }

        service.WithoutRebuild();
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
    /// Hides Aspire's command Rebuild: it builds another configuration than the one that runs, and where it is the same
    /// one, it writes over the program of all other peers while they run it.
    /// </summary>
    private static void WithoutRebuild(this IResourceBuilder<ProjectResource> service) =>
        service.ApplicationBuilder.Eventing.Subscribe<ResourceEndpointsAllocatedEvent>(service.Resource, (_, _) =>
        {
            foreach (var command in service.Resource.Annotations.OfType<ResourceCommandAnnotation>()
                .Where(command => command.Name == KnownResourceCommands.RebuildCommand).ToArray())
            {
                service.Resource.Annotations.Remove(command);
            }

            return Task.CompletedTask;
        });

    /// <summary>
    /// What was built in the same configuration for the same framework as this program, <c>bin/Release/net10.0</c>,
    /// say;
    /// null where builds lie elsewhere.
    /// </summary>
    private static string? Find(string project, string ownFolder)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(ownFolder));
        var name = $"Blockchain.{Path.GetFileNameWithoutExtension(project)}" + (OperatingSystem.IsWindows()
            ? ".exe" : "");
        var program = Path.Combine(
            Path.GetDirectoryName(project)!, "bin", framework.Parent?.Name ?? "", framework.Name, name);
        return File.Exists(program) ? program : null;
    }
}
