using System.Globalization;
using System.Text;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>Who runs on this machine, as /proc has it.</summary>
internal static class LinuxProcesses
{
    internal readonly record struct Entry(int Id, int Parent, int Session, bool IsZombie);

    /// <summary>Empty where there is no /proc.</summary>
    public static List<Entry> All()
    {
        var all = new List<Entry>();
        if (!OperatingSystem.IsLinux())
        {
            return all;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && Read(folder, "stat") is { } stat)
            {
                // 4711 (a name) S 1 4711 4700 …: state, parent, group, session. The name may have anything in it.
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                all.Add(new Entry(
                    id,
                    int.Parse(fields[1], CultureInfo.InvariantCulture),
                    int.Parse(fields[3], CultureInfo.InvariantCulture),
                    fields[0] is "Z" or "X"));
            }
        }

        return all;
    }

    public static IEnumerable<int> ChildrenOf(int process) =>
        (Read($"/proc/{process}/task/{process}", "children") ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    /// <summary>Whether it was started with this text in its environment.</summary>
    public static bool HasInEnvironment(int process, string text) =>
        Read($"/proc/{process}", "environ")?.Contains(text, StringComparison.Ordinal) == true;

    private static string? Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file), Encoding.Latin1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or it is somebody else's.
            return null;
        }
    }
}
