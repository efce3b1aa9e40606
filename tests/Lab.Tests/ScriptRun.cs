using System.Diagnostics;

namespace Blockchain.Lab.Tests;

/// <summary>How a script of the repository has ended, and what it said.</summary>
internal sealed record ScriptRun(int Code, string Output, string Error)
{
    /// <summary>Where the scripts lie.</summary>
    public static string Repository { get; } = FindRepository();

    /// <param name="environment">Variables that it has otherwise than this process; null: it has none of that
    /// name.</param>
    public static async Task<ScriptRun> OfAsync(
        string script, string[] arguments, IReadOnlyDictionary<string, string?> environment, TimeSpan patience)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts need bash.");
        var start = new ProcessStartInfo("/bin/bash", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
            return new ScriptRun(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "run.sh")))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("run.sh lies in no folder above the tests.");
    }
}
