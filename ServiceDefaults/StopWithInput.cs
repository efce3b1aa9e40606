using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Blockchain.ServiceDefaults;

/// <summary>
/// Ties the life of a service to that of the program that started it. That program holds the other end of the service's
/// standard input; when the pipe closes, be it because the program asks for the end or because it was killed, the
/// service stops. Takes the place of the console's lifetime: Ctrl-C reaches the whole foreground process group, and a
/// service must not die of it before the launcher has read its last state.
/// </summary>
internal sealed class StopWithInput(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    /// <summary>The setting, and as such also the environment variable, that turns it on.</summary>
    public const string Setting = "StopWithInput";

    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));

        // Reading standard input blocks even where it is called asynchronous, hence a thread of its own, which a
        // process does not wait for at its end.
        new Thread(WaitForEndOfInput) { IsBackground = true, Name = "standard input", }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _signals.Clear();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        application.StopApplication();
    }

    private void WaitForEndOfInput()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The other end is gone in a ruder way, which means the same.
        }

        application.StopApplication();
    }
}
