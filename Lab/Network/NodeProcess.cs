using System.Diagnostics;

namespace Blockchain.Lab.Network;

/// <summary>
/// One run of a node: its process, what it writes, and its end. Holds the other end of the process's standard input,
/// so that the node stops when the launcher is gone, however it went.
/// </summary>
internal sealed class NodeProcess : IDisposable
{
    private const int LinesKept = 12;

    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LastLines _errors = new(LinesKept);
    private readonly LastLines _output = new(LinesKept);
    private readonly TextWriter? _log;

    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(Process process, TextWriter? log)
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
    public static NodeProcess Start(ProcessStartInfo start, string? logFile)
    {
        var log = logFile is null
            ? null
            : TextWriter.Synchronized(new StreamWriter(logFile, append: true) { AutoFlush = true });
        var node = new NodeProcess(new Process { StartInfo = start }, log);
        try
        {
            node.Run();
            return node;
        }
        catch
        {
            node.Dispose();
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

    /// <summary>SIGKILL: the process does not notice its end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
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
