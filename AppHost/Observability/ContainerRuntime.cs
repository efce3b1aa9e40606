using System.ComponentModel;
using System.Diagnostics;

namespace Blockchain.AppHost.Observability;

/// <summary>Docker or Podman, with whatever it needs to run containers.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Known = ["docker", "podman"];

    /// <summary>Whether one of them answers; a client without its daemon does not.</summary>
    public static bool IsThere() => Known.Any(Answers);

    private static bool Answers(string program)
    {
        var start = new ProcessStartInfo(program, ["info"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            // It is not installed.
            return false;
        }
    }
}
