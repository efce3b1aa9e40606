using System.Diagnostics;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>
/// One program in a container. The process that we see is the engine's client; what the program is doing does not
/// depend on whether it lives.
/// </summary>
/// <param name="place">A folder of its own, removed at the end.</param>
/// <param name="name">Of the container.</param>
internal sealed class ContainerConfinement(
    ProcessStartInfo start, ContainerEngine engine, DirectoryInfo place, string name) : IConfinement
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public ProcessStartInfo Start => start;

    /// <summary>With the container, the engine forgets what became of it.</summary>
    public string? LimitReached => null;

    /// <summary>
    /// The client may not have made the container yet when it is looked for; so until the client has ended, it is
    /// looked for again.
    /// </summary>
    public void Kill(Process process)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            while (!process.HasExited)
            {
                engine.Remove(name);
                if (!process.WaitForExit(Look) && Stopwatch.GetElapsedTime(begun) > Patience)
                {
                    process.Kill();
                    process.WaitForExit();
                    engine.Remove(name);
                }
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        try
        {
            place.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder above is removed at the end.
        }
    }
}
