using System.Diagnostics;
using System.Globalization;
using Blockchain.Lab.Commands;
using Blockchain.Launching.Nodes;

namespace Blockchain.Lab.Trials;

/// <summary>
/// Runs scenarios on Aspire: by the AppHost, since this program is to run also where Aspire's packages are not.
/// </summary>
internal static class AspireRun
{
    private const string Project = "AppHost";

    public static async Task<int> RunAsync(TrialOptions options)
    {
        if (FindProject() is not { } project)
        {
            await Console.Error.WriteLineAsync("There is no AppHost beside this program; it is in the repository.");
            return ExitCode.Refused;
        }

        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "run", "-c", "Release", "--project", project, "--" },
        };
        foreach (var argument in Arguments(options))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;

        // Ctrl-C reaches both; it then ends in its own time.
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private static IEnumerable<string> Arguments(TrialOptions options)
    {
        foreach (var file in options.Files)
        {
            yield return "--scenario";
            yield return Path.GetFullPath(file);
        }

        if (options.Messages)
        {
            yield return "--messages";
        }

        yield return "--seeds";
        yield return options.Seeds.ToString(CultureInfo.InvariantCulture);
        if (options.Seed is { } seed)
        {
            yield return "--seed";
            yield return seed.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, file) in ((string, string?)[])[
            ("--junit", options.JUnit), ("--json", options.Json), ("--out", options.Folder)])
        {
            if (file is not null)
            {
                yield return name;
                yield return Path.GetFullPath(file);
            }
        }
    }

    private static string? FindProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, Project, $"{Project}.csproj");
            if (File.Exists(project))
            {
                return project;
            }
        }

        return null;
    }
}
