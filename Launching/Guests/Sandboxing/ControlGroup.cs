using System.Globalization;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>
/// A control group of Linux: what is in it, and all that it starts, has one limit together. Both versions of the
/// interface, where we may write to it.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const string Members = "cgroup.procs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<string> _folders;

    private ControlGroup(IReadOnlyList<string> folders) => _folders = folders;

    /// <summary>Files to which a process writes 0 to become a member.</summary>
    public IEnumerable<string> Doors => _folders.Select(folder => Path.Combine(folder, Members));

    /// <summary>Whether its memory was used up.</summary>
    public bool WasOutOfMemory => _folders.Any(folder =>
        Read(folder, "memory.failcnt") is { } failures && failures.Trim() != "0"
        || Read(folder, "memory.events")?.Split('\n')
            .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && !line.EndsWith(" 0")) == true);

    /// <returns>Null if this system does not let us.</returns>
    public static ControlGroup? TryCreate(string name, long memory, int processes)
    {
        var made = new List<string>();
        try
        {
            var isSecond = File.Exists(Path.Combine(Root, "cgroup.controllers"));
            if (isSecond)
            {
                File.WriteAllText(Path.Combine(Root, "cgroup.subtree_control"), "+pids +memory");
                var folder = Make(Root);
                Write(folder, "pids.max", processes);
                Write(folder, "memory.max", memory);
                TryWrite(folder, "memory.swap.max", 0);
            }
            else
            {
                Write(Make(Path.Combine(Root, "pids")), "pids.max", processes);
                Write(Make(Path.Combine(Root, "memory")), "memory.limit_in_bytes", memory);
            }

            return new ControlGroup(made);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            new ControlGroup(made).Dispose();
            return null;
        }

        string Make(string above)
        {
            var folder = Path.Combine(above, name);
            if (!Directory.Exists(above))
            {
                throw new DirectoryNotFoundException(above);
            }

            Directory.CreateDirectory(folder);
            made.Add(folder);
            return folder;
        }
    }

    /// <summary>Ends all members, however fast they multiply.</summary>
    public void KillAll()
    {
        foreach (var folder in _folders)
        {
            if (File.Exists(Path.Combine(folder, "cgroup.kill")))
            {
                TryWrite(folder, "cgroup.kill", 1);
            }

            foreach (var member in Read(folder, Members)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                // Zero is a member that cannot be seen from here.
                if (int.TryParse(member, CultureInfo.InvariantCulture, out var process) && process > 0)
                {
                    NativeCalls.Kill(process);
                }
            }
        }
    }

    /// <summary>Ends all members, and removes the group.</summary>
    public void Dispose()
    {
        var until = DateTime.UtcNow + Patience;
        while (_folders.Any(folder => !TryRemove(folder)) && DateTime.UtcNow < until)
        {
            KillAll();
            Thread.Sleep(1);
        }
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(string folder, string file, long value) =>
        File.WriteAllText(Path.Combine(folder, file), value.ToString(CultureInfo.InvariantCulture));

    private static void TryWrite(string folder, string file, long value)
    {
        try
        {
            Write(folder, file, value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone, or this kernel has no such file.
        }
    }
}
