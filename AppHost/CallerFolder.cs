namespace Blockchain.AppHost;

/// <summary>Where the person stands who started this program; relative paths are meant from there.</summary>
internal static class CallerFolder
{
    /// <summary>Set by the Aspire CLI, which starts this program in the folder of the project.</summary>
    private const string StartedByCli = "ASPIRE_CLI_PID";

    /// <summary>
    /// The folder of the shell, which a process hands on to those that it starts. Windows does not have it.
    /// </summary>
    private const string ShellFolder = "PWD";

    public static string Path { get; } = Find(
        Environment.GetEnvironmentVariable(StartedByCli),
        Environment.GetEnvironmentVariable(ShellFolder),
        Environment.CurrentDirectory);

    internal static string Find(string? cli, string? shell, string current) =>
        !string.IsNullOrEmpty(cli) && Directory.Exists(shell) ? shell : current;
}
