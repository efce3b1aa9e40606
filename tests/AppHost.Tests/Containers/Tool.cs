using System.ComponentModel;
using System.Diagnostics;

namespace Blockchain.AppHost.Tests.Containers;

/// <summary>Programs of this machine, as a shell would run them.</summary>
internal static class Tool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <returns>What it wrote; with an exit code of -1 and a message if there is no such program.</returns>
    public static async Task<ToolResult> TryAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync();
                var errors = process.StandardError.ReadToEndAsync();
                await process.WaitForExitAsync().WaitAsync(Deadline);
                return new ToolResult(process.ExitCode, (await output).Trim(), (await errors).Trim());
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception missing)
        {
            return new ToolResult(-1, "", missing.Message);
        }
    }

    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public static async Task<string> RunAsync(
        string program, IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = await TryAsync(program, arguments, environment);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: exit code "
                    + $"{result.ExitCode}\n{result.Errors}\n{result.Output}");
    }
}
