using System.Formats.Tar;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Blockchain.Launching;

namespace Blockchain.AppHost.Tests.Containers;

/// <summary>
/// Images as PublishContainer makes them, but on top of this machine's own runtime instead of a base image, since a
/// registry may be out of reach. Other than the real ones they have a shell, to look around from inside.
/// </summary>
internal static partial class NetworkImages
{
    /// <summary>That of the real base image.</summary>
    private const string User = "1654";

    /// <summary>1777.</summary>
    private const UnixFileMode OpenToAll = UnixFileMode.StickyBit
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is used from inside, and what the runtime loads only when it needs it.</summary>
    private static readonly string[] Programs = ["bash", "cat", "timeout"];

    private static readonly string[] LoadedLater = ["libssl.so.*", "libcrypto.so.*"];

    /// <param name="project">Also the folder of the project, which has been built.</param>
    /// <param name="image">The name of the image.</param>
    /// <param name="folder">For files on the way.</param>
    public static async Task ImportAsync(ContainerEngine engine, string project, string image, string folder)
    {
        var published = Path.Combine(folder, project);
        var configuration =
            typeof(NetworkImages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        await Tool.RunAsync(
            Muxer,
            [
                "publish", Sources.PathOf(project), "-c", configuration, "--no-build", "-o", published,
                "--nologo", "-v", "quiet", "-nodeReuse:false",
            ]);
        var archive = published + ".tar";
        await WriteAsync(archive, published);
        await engine.RunAsync(
            "import",
            "--change", $"ENV PATH={NodeExecutable.RootOfDotnet}:/usr/bin:/bin",
            "--change", "ENV ASPNETCORE_HTTP_PORTS=8080",
            "--change", "ENV DOTNET_RUNNING_IN_CONTAINER=true",
            "--change", $"USER {User}",
            "--change", "WORKDIR /app/",
            "--change", $"""ENTRYPOINT ["dotnet", "/app/Blockchain.{project}.dll"]""",
            archive,
            image);
        File.Delete(archive);
    }

    private static async Task WriteAsync(string archive, string published)
    {
        await using var tar = new TarWriter(File.Create(archive));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "home/app/"));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = OpenToAll });
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "etc/passwd")
        {
            DataStream = new MemoryStream(Encoding.ASCII.GetBytes($"app:x:{User}:{User}::/home/app:/bin/false\n")),
            Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
        foreach (var file in await SystemFilesAsync())
        {
            await tar.WriteEntryAsync(
                File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file, file[1..]);
        }

        foreach (var file in Directory.GetFiles(published, "*", SearchOption.AllDirectories))
        {
            await tar.WriteEntryAsync(file, Path.Combine("app", Path.GetRelativePath(published, file)));
        }
    }

    private static async Task<IEnumerable<string>> SystemFilesAsync()
    {
        string[] files = [Muxer, .. RuntimeFiles(), .. Programs.Select(Find)];
        string[] loading = [.. files.Where(file => Path.GetExtension(file) is "" or ".so")];
        var libraries = await LibrariesOfAsync(loading);
        var system = Path.GetDirectoryName(
            libraries.First(file => Path.GetFileName(file).StartsWith("libc.so", StringComparison.Ordinal)))!;
        string[] later = [.. LoadedLater.SelectMany(pattern => Directory.GetFiles(system, pattern))];
        return [.. files.Concat(libraries).Concat(later).Concat(await LibrariesOfAsync(later)).Distinct()];
    }

    /// <summary>The program that all others are run with.</summary>
    private static string Muxer { get; } = Path.Combine(NodeExecutable.RootOfDotnet, "dotnet");

    /// <summary>Those of this version.</summary>
    private static IEnumerable<string> RuntimeFiles() =>
        from part in (string[])["host/fxr", "shared/Microsoft.NETCore.App", "shared/Microsoft.AspNetCore.App"]
        from version in Directory.GetDirectories(Path.Combine(
            NodeExecutable.RootOfDotnet, part), $"{Environment.Version.Major}.*")
        from file in Directory.GetFiles(version, "*", SearchOption.AllDirectories)
        select file;

    private static string Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, program))
        .First(File.Exists);

    /// <summary>It fails for files that are no programs, and tells of the others all the same.</summary>
    private static async Task<string[]> LibrariesOfAsync(string[] files)
    {
        var result = await Tool.TryAsync("ldd", files);
        return [.. Library().Matches(result.Output).Select(match => match.Groups["path"].Value)];
    }

    [GeneratedRegex(@"(?<path>/\S+) \(0x")]
    private static partial Regex Library();
}
