namespace Blockchain.Network.Tests;

/// <summary>What a launcher has started, which nobody but the system knows once the launcher is gone.</summary>
internal static class RunningProcesses
{
    /// <summary>
    /// Processes that were started with this variable in their environment; none where there is no /proc.
    /// </summary>
    public static IEnumerable<int> With(string variable, string value)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        return Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(process => EnvironmentOf(process).Contains($"{variable}={value}"));
    }

    /// <summary>"NAME=value" each; empty for one that has ended.</summary>
    public static string[] EnvironmentOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Ended while we looked, or somebody else's.
            return [];
        }
    }
}
