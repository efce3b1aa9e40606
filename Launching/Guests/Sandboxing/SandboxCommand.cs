using System.Globalization;
using System.Text;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>
/// The command that starts a program in a sandbox: tools of Linux, each of which takes something away and then becomes
/// the next one, down to the program itself. Nothing of it is left while the program runs but the process that waits
/// for its end.
/// </summary>
internal sealed class SandboxCommand(SandboxKind kind, SandboxTools tools)
{
    private const int OpenFiles = 256;

    /// <param name="doors">Files of control groups that it becomes a member of.</param>
    /// <param name="mountPoint">An empty folder, which gets the files that it sees.</param>
    /// <param name="user">The number of a user who owns nothing; null: it stays who we are.</param>
    public IReadOnlyList<string> Of(
        ConfinedProgram program, GuestLimits limits, IEnumerable<string> doors, string mountPoint, uint? user)
    {
        var script = new StringBuilder("set -e\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n");
        foreach (var door in doors)
        {
            script.Append(CultureInfo.InvariantCulture, $"echo 0 > {Quoted(door)}\n");
        }

        var isOurs = kind.Name == SandboxKind.UnshareName;
        if (isOurs && kind.HasMounts)
        {
            WriteMounts(script, program, limits, mountPoint);
        }

        string[] last = [.. Privileges(user), .. Limits(limits, user is not null), .. program.Command];
        string[] inner = kind.Name == SandboxKind.BwrapName ? [.. Bwrap(program, limits), .. last] : last;
        script.Append(isOurs && kind.HasMounts ? $"cd {Quoted(program.Folder)}\n" : "");
        script.Append(CultureInfo.InvariantCulture, $"PATH={Quoted(tools.SearchPath)}\nexec \"$@\"\n");
        string[] shell = ["/bin/sh", "-c", script.ToString(), "sandbox", .. inner];
        return isOurs ? [.. Unshare(), .. shell]
            : kind.Name == SandboxKind.BwrapName ? shell
            : [.. tools.Has("setsid") ? ["setsid"] : (string[])[], .. shell];
    }

    private string[] Unshare() =>
    [
        "unshare",
        .. kind.MapsUser ? ["--user", "--map-root-user"] : (string[])[],
        .. kind.HasMounts ? ["--mount"] : (string[])[],
        "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child",
        .. kind.HasMounts ? (string[])[] : ["--mount-proc"],
        "--",
    ];

    /// <summary>
    /// A new root of all files: the system, to be read only; the program's own folder; and an empty /tmp.
    /// </summary>
    private void WriteMounts(StringBuilder script, ConfinedProgram program, GuestLimits limits, string mountPoint)
    {
        script.Append(CultureInfo.InvariantCulture, $"""
            mount -t tmpfs -o size=1m,mode=755,nosuid,nodev sandbox {Quoted(mountPoint)}
            cd {Quoted(mountPoint)}
            mkdir -p proc dev tmp old
            mount -t tmpfs -o size={limits.Output},nr_inodes=20000,mode=1777,nosuid,nodev sandbox tmp
            for each in null zero full random urandom; do : > dev/$each; mount --bind /dev/$each dev/$each; done
            ln -s /proc/self/fd dev/fd

            """);
        foreach (var link in tools.Links)
        {
            script.Append(CultureInfo.InvariantCulture, $"cp -P {link} .{link}\n");
        }

        foreach (var folder in tools.Folders)
        {
            WriteBind(script, folder, "bind,ro");
        }

        WriteBind(script, program.Folder, program.MayWrite ? "bind" : "bind,ro");
        script.Append("""
            mount -t proc proc proc
            pivot_root . old
            umount -l old
            rmdir old
            mount -o remount,ro,bind /

            """);
    }

    private static void WriteBind(StringBuilder script, string folder, string options) => script.Append(
        CultureInfo.InvariantCulture,
        $"mkdir -p .{Quoted(folder)}; mount -o {options} {Quoted(folder)} .{Quoted(folder)}\n");

    private List<string> Bwrap(ConfinedProgram program, GuestLimits limits)
    {
        List<string> words =
        [
            "bwrap", .. NativeCalls.IsRoot() ? OwnAll : ["--unshare-all"], "--die-with-parent", "--new-session",
            "--proc", "/proc", "--dev", "/dev",
            "--size", limits.Output.ToString(CultureInfo.InvariantCulture), "--perms", "1777", "--tmpfs", "/tmp",
        ];
        foreach (var link in tools.Links)
        {
            words.AddRange(["--symlink", new FileInfo(link).LinkTarget!, link]);
        }

        foreach (var folder in tools.Folders)
        {
            words.AddRange(["--ro-bind", folder, folder]);
        }

        words.AddRange([program.MayWrite ? "--bind" : "--ro-bind", program.Folder, program.Folder]);
        return [.. words, "--remount-ro", "/", "--chdir", program.Folder, "--"];
    }

    private string[] Privileges(uint? user)
    {
        if (!tools.Has("setpriv"))
        {
            return [];
        }

        var who = user?.ToString(CultureInfo.InvariantCulture);
        return kind switch
        {
            // It has no rights there to give away, and its own are gone by then.
            { Name: SandboxKind.BwrapName } => who is null ? [] : AsUser(who),
            { MapsUser: true } => ["setpriv", .. NoCapabilities, "--"],
            _ => who is null ? ["setpriv", "--no-new-privs", "--"] : AsUser(who),
        };
    }

    // Root needs no user namespace for them, and in one it could not become another user.
    private static readonly string[] OwnAll = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"];

    private static readonly string[] NoCapabilities =
        ["--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--no-new-privs"];

    private static string[] AsUser(string user) =>
        ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", .. NoCapabilities, "--"];

    private string[] Limits(GuestLimits limits, bool isAlone)
    {
        if (!tools.Has("prlimit"))
        {
            return [];
        }

        // Of processes, all that the user has count. Of time, the first limit is a signal that may be ignored; the
        // second, a second later, is the end.
        var cpu = (long)Math.Ceiling(limits.Cpu.TotalSeconds);
        return
        [
            "prlimit",
            Text($"--cpu={cpu}:{cpu + 1}"),
            Text($"--data={limits.Memory}"),
            Text($"--fsize={limits.Output}"),
            .. isAlone || kind.HasNamespaces ? [Text($"--nproc={limits.Processes}")] : (string[])[],
            Text($"--nofile={OpenFiles}"),
            "--core=0",
            "--",
        ];
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>As the shell takes it: whatever is in it.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
