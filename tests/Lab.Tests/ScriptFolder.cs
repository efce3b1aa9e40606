namespace Blockchain.Lab.Tests;

/// <summary>
/// A folder with the scripts of the repository, what they look at, and a dotnet before the real one that notes what it
/// is
/// asked: it builds and tests nothing, and restores as it was told to.
/// </summary>
internal sealed class ScriptFolder : IDisposable
{
    private const string Dotnet = """
        #!/bin/bash
        tools=$(dirname "$0") root=$(dirname "$(dirname "$0")")
        obj=$root/AppHost/obj
        if [ "$1" = --version ]; then exit; fi
        echo "${1#"$root/"} ${2#"$root/"}" >>"$tools/asked"
        case $1 in
          restore)
            [ -z "${REAL_DOTNET:-}" ] || exec "$REAL_DOTNET" "$@"
            said="$tools/restore-$(basename "$2")"
            if [ -f "$said" ]; then cat "$said"; exit 1; fi
            mkdir -p "$obj"
            printf '"success": true,\n  "%s"\n' "$tools/a.nupkg.sha512" >"$obj/project.nuget.cache"
            ;;
          test) printf 'succeeded: 1\nfailed: 0\nskipped: 0\n' ;;
        esac
        """;

    // Of projects in C#, in a solution.
    private const string ProjectType = "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-scripts-");

    public ScriptFolder()
    {
        foreach (var file in (string[])["run.sh", "test.sh", "feed.sh", "global.json", "peers.json",
            "Directory.Packages.props"])
        {
            Copy(file);
        }

        Copy("Directory.Build.props");
        foreach (var project in (string[])["AppHost", "Lab"])
        {
            Directory.CreateDirectory(PathOf(project));
        }

        Write("Blockchain.Aspire.sln", Solution("AppHost", "tests/AppHost.Tests", "tests/Lab.Tests"));
        Write("Blockchain.WithoutAspire.slnf", """ "projects": ["tests\\Lab.Tests\\Lab.Tests.csproj"] """);
        Write("tools/a.nupkg.sha512", "");
        Write("tools/dotnet", Dotnet);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf("tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Environment = new Dictionary<string, string?>
        {
            ["PATH"] = $"{PathOf("tools")}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = PathOf("home"),

            // There are no locks in this folder.
            ["RestoreLockedMode"] = null,
        };
    }

    /// <summary>Variables that the scripts have otherwise than this process.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>What dotnet was asked since the last look: "restore AppHost", "build Blockchain.Aspire.sln".</summary>
    public IReadOnlyList<string> TakeAsked()
    {
        var asked = File.Exists(PathOf("tools/asked")) ? File.ReadAllLines(PathOf("tools/asked")) : [];
        File.Delete(PathOf("tools/asked"));
        return asked;
    }

    /// <summary>From now on the restore of a project fails with these words; null: it succeeds.</summary>
    public void RestoreSays(string project, string? words)
    {
        var file = PathOf($"tools/restore-{project}");
        if (words is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllText(file, words + "\n");
        }
    }

    public Task<ScriptRun> RunAsync(string script, params string[] arguments) =>
        ScriptRun.OfAsync(PathOf(script), arguments, Environment, Patience);

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Copy(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.Copy(Path.Combine(ScriptRun.Repository, file), PathOf(file));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Solution(params string[] folders)
    {
        var ids = folders.Select((_, index) => new Guid(index + 1, 0, 0, new byte[8]).ToString("B")).ToArray();
        var projects = folders.Select(folder => $@"{folder}/{Path.GetFileName(folder)}.csproj".Replace('/', '\\'));
        return $"""
            Microsoft Visual Studio Solution File, Format Version 12.00
            {string.Join('\n', projects.Zip(ids, (file, id) => $"""
                Project("{ProjectType}") = "{Path.GetFileNameWithoutExtension(file.Split('\\')[^1])}", "{file}", "{id}"
                EndProject
                """))}
            Global
              GlobalSection(SolutionConfigurationPlatforms) = preSolution
                Debug|Any CPU = Debug|Any CPU
              EndGlobalSection
              GlobalSection(ProjectConfigurationPlatforms) = postSolution
                {string.Join('\n', ids.SelectMany(id => (string[])["ActiveCfg", "Build.0"], (id, what) =>
                    $"{id}.Debug|Any CPU.{what} = Debug|Any CPU"))}
              EndGlobalSection
            EndGlobal

            """;
    }
}
