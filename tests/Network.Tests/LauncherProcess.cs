using System.Diagnostics;
using System.Text;
using Blockchain.Launching;

namespace Blockchain.Network.Tests;

/// <summary><c>Lab</c> as a user starts it.</summary>
internal sealed class LauncherProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LauncherProcess(Process process) => _process = process;

    /// <summary>A background job of a shell ignores SIGINT, and so do all processes that it starts.</summary>
    public static bool IgnoresInterrupt => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(
            line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var mask
        && (Convert.ToUInt64(mask[7..].Trim(), 16) & (1UL << (Signals.Interrupt - 1))) != 0;

    public int ExitCode => _process.ExitCode;

    public string Output => Text(_output);

    public string[] ErrorLines => Text(_errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static LauncherProcess Start(params string[] arguments) =>
        Start(new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables that it has otherwise than this process.</param>
    public static LauncherProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var dotnet = Path.Combine(NodeExecutable.Find(AppContext.BaseDirectory).DotnetRoot, "dotnet");
        var start = new ProcessStartInfo(
            dotnet, [Path.Combine(AppContext.BaseDirectory, "Blockchain.Lab.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var launcher = new LauncherProcess(new Process { StartInfo = start });
        launcher.Run();
        return launcher;
    }

    /// <exception cref="TimeoutException">Not within the time; or it ended before, which its output tells.</exception>
    public async Task UntilAllUpAsync(TimeSpan within)
    {
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(_up.Task, ended).WaitAsync(within);
        Assert.True(_up.Task.IsCompleted, $"it ended: {Output}{string.Join('\n', ErrorLines)}");
    }

    public void Signal(int signal) => Signals.Send(_process, signal);

    public void Kill() => _process.Kill();

    public Task UntilEndAsync(TimeSpan within) => _process.WaitForExitAsync().WaitAsync(within);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Text(StringBuilder lines)
    {
        lock (lines)
        {
            return lines.ToString();
        }
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(StringBuilder lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (lines)
        {
            lines.Append(line).Append('\n');
        }

        if (line.StartsWith("all ", StringComparison.Ordinal) && line.Contains(" peers up", StringComparison.Ordinal))
        {
            _up.TrySetResult();
        }
    }
}
