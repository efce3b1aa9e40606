using System.Diagnostics;

namespace Blockchain.Launching;

/// <summary>
/// One run of a service: its process, what it writes, and its end. Holds the other end of the process's standard input,
/// so that the service stops when the launcher is gone, however it went.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LinesKept = 12;

    // Counted in slices: what is there after a pause of this program is read before the time is up.
    private static readonly TimeSpan OutputSlice = TimeSpan.FromMilliseconds(200);
    private const int OutputSlices = 10;

    private readonly Process _process;
    private readonly LastLines _errors = new(LinesKept);
    private readonly LastLines _output = new(LinesKept);
    private readonly TextWriter? _log;
    private readonly Action<string>? _said;

    private ChildProcess(Process process, TextWriter? log, Action<string>? said)
    {
        _process = process;
        _log = log;
        _said = said;
        Id = process.Id;
        Ended = WaitForEndAsync();
    }

    public int Id { get; }

    /// <summary>Completes when the process has ended and what it wrote is read.</summary>
    public Task Ended { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines on standard error, or where it wrote nothing there, on standard output.</summary>
    public IReadOnlyList<string> LastWords => _errors.ToList() is { Count: > 0 } errors ? errors : _output.ToList();

    /// <param name="said">Is told each line of its standard output.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public static ChildProcess Start(ProcessStartInfo start, string? logFile, Action<string>? said = null)
    {
        var log = logFile is null
            ? null
            : TextWriter.Synchronized(new StreamWriter(logFile, append: true) { AutoFlush = true });
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return new ChildProcess(process, log, said);
        }
        catch
        {
            process.Dispose();
            log?.Dispose();
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
            await Ended.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    /// <summary>SIGKILL, to what it has started too: the process does not notice its end.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await Ended;
    }

    public void Dispose()
    {
        _process.Dispose();
        _log?.Dispose();
    }

    // The lines are read here, not by the events of Process: those begin after the start, and for a process that ends
    // before
    // they begin, its end is told without them.
    private async Task WaitForEndAsync()
    {
        using var giveUp = new CancellationTokenSource();
        var reading = Task.WhenAll(
            ReadAsync(_process.StandardOutput, _output, _said, giveUp.Token),
            ReadAsync(_process.StandardError, _errors, told: null, giveUp.Token));
        await _process.WaitForExitAsync(CancellationToken.None);

        // Somebody else may hold the output open; nobody need wait for that.
        for (var slice = 0; slice < OutputSlices && !reading.IsCompleted; slice++)
        {
            await Task.WhenAny(reading, Task.Delay(OutputSlice, CancellationToken.None));
        }

        await giveUp.CancelAsync();
        await reading;
    }

    private async Task ReadAsync(
        StreamReader from, LastLines lines, Action<string>? told, CancellationToken giveUp)
    {
        using (from)
        {
            try
            {
                while (await from.ReadLineAsync(giveUp) is { } line)
                {
                    lines.Add(line);
                    _log?.WriteLine(line);
                    told?.Invoke(line);
                }
            }
            catch (OperationCanceledException)
            {
                // What it wrote is read; what others write after its end is not its own.
            }
        }
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
