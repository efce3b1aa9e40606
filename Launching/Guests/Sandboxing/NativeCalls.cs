using System.Runtime.InteropServices;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>Calls of Linux that .NET does not offer. Where there are none, they do nothing.</summary>
internal static class NativeCalls
{
    private const int SigKill = 9;
    private const uint CloseOnExec = 4;
    private const int ChildSubreaper = 36;

    public static void Kill(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SendSignal(process, SigKill);
        }
    }

    /// <summary>
    /// Takes note of the end of a process that has become a child of ours; else it would stay as a zombie.
    /// </summary>
    public static void Reap(int process)
    {
        const int NoHang = 1;
        if (OperatingSystem.IsLinux())
        {
            _ = WaitFor(process, out _, NoHang);
        }
    }

    /// <summary>Whether it runs as root.</summary>
    public static bool IsRoot() => OperatingSystem.IsLinux() && EffectiveUser() == 0;

    /// <summary>
    /// No program that is started from now on gets a file that we were given open; those that .NET opens are safe
    /// already.
    /// </summary>
    public static bool KeepFilesFromChildren()
    {
        const uint FirstAfterTheThree = 3;
        try
        {
            return OperatingSystem.IsLinux() && CloseRange(FirstAfterTheThree, uint.MaxValue, CloseOnExec) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Makes this process the parent of those below it whose own parent has ended.</summary>
    public static void AdoptOrphans()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(ChildSubreaper, 1, 0, 0, 0);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    [DllImport("libc", EntryPoint = "waitpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitFor(int process, out int status, int options);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "close_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseRange(uint first, uint last, uint flags);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
