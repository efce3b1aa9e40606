using System.Diagnostics;

namespace Blockchain.Lab.Network;

/// <summary>
/// One run of a service: its process, what it writes, and its end. Holds the other end of the process's standard input,
/// so that the service stops when the launcher is gone, however it went.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LinesKept = 12;

    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LastLines _errors = new(LinesKept);
    private readonly LastLines _output = new(LinesKept);
    private readonly TextWriter? _log;

    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, TextWriter? log)
    {
        _process = process;
        _log = log;
        Ended = WaitForEndAsync();
    }

    public int Id { get; private set; }

    /// <summary>Completes when the process has ended and what it wrote is read.</summary>
    public Task Ended { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines on standard error, or where it wrote nothing there, on standard output.</summary>
    public IReadOnlyList<string> LastWords => _errors.ToList() is { Count: > 0 } errors ? errors : _output.ToList();

    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public static ChildProcess Start(ProcessStartInfo start, string? logFile)
    {
        var log = logFile is null
            ? null
            : TextWriter.Synchronized(new StreamWriter(logFile, append: true) { AutoFlush = true });
        var child = new ChildProcess(new Process { StartInfo = start }, log);
        try
        {
            child.Run();
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Asks the process to stop; kills it if it is still there after the time of grace.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Signals.Send(_process, Signals.Terminate);
        CloseInput();
        try
        {
            await Ended.WaitAsync(grace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>SIGKILL, to what it has started too: the process does not notice its end.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await Ended.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _process.Dispose();
        _log?.Dispose();
    }

    private async Task WaitForEndAsync()
    {
        await _exited.Task.ConfigureAwait(false);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(OutputGrace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The process is gone; somebody else still holds its output open, for which nobody need wait.
        }
    }

    private void Run()
    {
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _exited.TrySetResult();
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(LastLines lines, string? line)
    {
        if (line is null)
            return;
        lines.Add(line);
        _log?.WriteLine(line);
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The reader is gone already.
        }
    }
}
