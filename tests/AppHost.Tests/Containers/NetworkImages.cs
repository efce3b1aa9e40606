using System.Formats.Tar;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Blockchain.Lab.Network;

namespace Blockchain.AppHost.Tests.Containers;

/// <summary>
/// Images as PublishContainer makes them, but on a base image made of this machine's own runtime, since a registry may be
/// out of reach. Other than the real base it has a shell, to look around from inside.
/// </summary>
internal static partial class NetworkImages
{
    private const string User = "1654";

    /// <summary>1777.</summary>
    private const UnixFileMode OpenToAll = UnixFileMode.StickyBit
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is used from inside, and what the runtime loads only when it needs it.</summary>
    private static readonly string[] Programs = ["bash", "cat", "timeout"];

    private static readonly string[] LoadedLater = ["libssl.so.*", "libcrypto.so.*"];

    /// <returns>The name of the image.</returns>
    public static async Task<string> ImportBaseAsync(ContainerEngine engine, string name, string folder)
    {
        var archive = Path.Combine(folder, "base.tar");
        await WriteBaseAsync(archive);
        await engine.RunAsync(
            "import",
            "--change", $"ENV PATH={NodeExecutable.RootOfDotnet}:/usr/bin:/bin",
            "--change", "ENV ASPNETCORE_HTTP_PORTS=8080",
            "--change", "ENV DOTNET_RUNNING_IN_CONTAINER=true",
            "--change", $"USER {User}",
            archive,
            name);
        File.Delete(archive);
        return name;
    }

    /// <param name="project">Also the folder of the project.</param>
    public static async Task<string> BuildAsync(
        ContainerEngine engine, string baseImage, string project, string name, string folder)
    {
        var published = Path.Combine(folder, project);
        var configuration = typeof(NetworkImages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        await Tool.RunAsync(
            Path.Combine(NodeExecutable.RootOfDotnet, "dotnet"),
            [
                "publish", Sources.PathOf(project), "-c", configuration, "--no-build", "-o", published,
                "--nologo", "-v", "quiet", "-nodeReuse:false",
            ]);
        var recipe = published + ".containerfile";
        await File.WriteAllTextAsync(recipe, $"""
            FROM {baseImage}
            COPY . /app/
            WORKDIR /app/
            ENTRYPOINT ["dotnet", "/app/Blockchain.{project}.dll"]
            """);
        await engine.RunAsync("build", "--quiet", "--tag", name, "--file", recipe, published);
        return name;
    }

    private static async Task WriteBaseAsync(string archive)
    {
        string[] programs = [.. Programs.Select(Find)];
        string[] runtime = [.. RuntimeFiles()];
        string[] loading = [.. programs, .. runtime.Where(file => file.EndsWith(".so", StringComparison.Ordinal)), .. Muxer()];
        var libraries = (await LibrariesOfAsync(loading)).ToHashSet();
        var system = Path.GetDirectoryName(libraries.Single(file => Path.GetFileName(file).StartsWith("libc.so", StringComparison.Ordinal)))!;
        string[] later = [.. LoadedLater.SelectMany(pattern => Directory.GetFiles(system, pattern))];
        libraries.UnionWith([.. later, .. await LibrariesOfAsync(later)]);

        await using var tar = new TarWriter(File.Create(archive));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "home/app/"));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = OpenToAll });
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "etc/passwd")
        {
            DataStream = new MemoryStream(Encoding.ASCII.GetBytes($"app:x:{User}:{User}::/home/app:/bin/false\n")),
            Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
        foreach (var file in programs.Concat(runtime).Concat(Muxer()).Concat(libraries).Distinct())
            await tar.WriteEntryAsync(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file, file[1..]);
    }

    /// <summary>The program that all others are run with.</summary>
    private static string[] Muxer() => [Path.Combine(NodeExecutable.RootOfDotnet, "dotnet")];

    /// <summary>Those of this version.</summary>
    private static IEnumerable<string> RuntimeFiles() =>
        from part in (string[])["host/fxr", "shared/Microsoft.NETCore.App", "shared/Microsoft.AspNetCore.App"]
        from version in Directory.GetDirectories(Path.Combine(NodeExecutable.RootOfDotnet, part), $"{Environment.Version.Major}.*")
        from file in Directory.GetFiles(version, "*", SearchOption.AllDirectories)
        select file;

    private static string Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, program))
        .First(File.Exists);

    private static async Task<IEnumerable<string>> LibrariesOfAsync(string[] files)
    {
        var result = await Tool.TryAsync("ldd", files);
        return Library().Matches(result.Output).Select(match => match.Groups["path"].Value)
            .Where(path => !path.StartsWith(NodeExecutable.RootOfDotnet, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<path>/\S+) \(0x")]
    private static partial Regex Library();
}
