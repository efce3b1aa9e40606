using System.Diagnostics;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>A program that its own user starts: it is trusted with the machine.</summary>
internal sealed class Unconfined(ProcessStartInfo start) : IConfinement
{
    public ProcessStartInfo Start => start;

    public string? LimitReached => null;

    public void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
    }
}
