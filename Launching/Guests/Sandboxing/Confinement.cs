using System.Diagnostics;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>One program in a sandbox.</summary>
/// <param name="group">The control group that it is in; null: none.</param>
/// <param name="place">A folder of its own, removed at the end.</param>
/// <param name="hasNamespaces">With its first process, all of it ends.</param>
/// <param name="name">Marks its environment, so that what it starts is found again.</param>
internal sealed class Confinement(
    ProcessStartInfo start, ControlGroup? group, DirectoryInfo place, bool hasNamespaces, string name)
    : IConfinement
{
    public const string Mark = "BLOCKCHAIN_SANDBOX";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int _process;

    public ProcessStartInfo Start => start;

    public string? LimitReached => group?.WasOutOfMemory == true ? "it took more memory than it may" : null;

    public void Kill(Process process)
    {
        try
        {
            _process = process.Id;
            if (hasNamespaces)
            {
                KillNamespace(process);
            }
            else
            {
                process.Kill();
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }

        group?.KillAll();
    }

    public void Dispose()
    {
        if (!hasNamespaces)
        {
            KillWhatIsLeft();
        }

        group?.Dispose();
        try
        {
            place.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder above is removed at the end.
        }
    }

    /// <summary>
    /// The first process of a namespace takes all others with it, and the one that waits for it outside ends after
    /// them.
    /// </summary>
    private static void KillNamespace(Process outer)
    {
        foreach (var first in LinuxProcesses.ChildrenOf(outer.Id))
        {
            NativeCalls.Kill(first);
        }

        if (!outer.WaitForExit(Patience))
        {
            outer.Kill();
        }
    }

    /// <summary>
    /// Without a namespace, a program can leave its session and its parent; then its environment tells who it is, and
    /// where it has cleared that too, that it has become a child of ours by the end of its parent.
    /// </summary>
    private void KillWhatIsLeft()
    {
        var until = Stopwatch.GetTimestamp() + (long)(Patience.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
        {
            var left = LinuxProcesses.All().Where(one => one.Id != _process && one.Id != Environment.ProcessId
                && (one.Session == _process || LinuxProcesses.HasInEnvironment(one.Id, $"{Mark}={name}"))).ToArray();
            if (left.Length == 0)
            {
                return;
            }

            foreach (var one in left)
            {
                NativeCalls.Kill(one.Id);
                NativeCalls.Reap(one.Id);
            }
        }
    }
}
