using System.Runtime.InteropServices;

namespace Blockchain.Lab.Commands;

/// <summary>The wish to stop: Ctrl-C, SIGTERM, SIGHUP, a time that is over, or <see cref="Stop"/>.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="after">Stop by itself after this time; null: never.</param>
    public StopRequest(TimeSpan? after = null)
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _signals = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        if (after is { } time)
        {
            _source.CancelAfter(time);
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Returns at once: what waits for the token goes on elsewhere, not inside a signal's handler.</summary>
    public void Stop() => _ = _source.CancelAsync();

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop();
    }
}
