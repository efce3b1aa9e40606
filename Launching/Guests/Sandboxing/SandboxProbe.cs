using System.Globalization;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>
/// A small evil program that tries in a sandbox what a stranger's program might, within bounds, and says what it could.
/// </summary>
internal static class SandboxProbe
{
    private const int FewProcesses = 24;
    private const long MiB = 1024 * 1024;

    private static readonly GuestLimits Small = new()
    {
        Memory = 64 * MiB,
        Output = MiB,
        Processes = FewProcesses,
        Cpu = TimeSpan.FromSeconds(20),
        Time = TimeSpan.FromSeconds(20),
    };

    // It says what it could do, one word a line. What it leaves behind sleeps for a time that nobody else would choose.
    private const string Script = """
        [ -n "$BLOCKCHAIN_CANARY" ] && echo environment
        for each in /proc/self/fd/*; do
          case ${each##*/} in 0|1|2|3|10|255|\*) ;; *) echo "handle ${each##*/}";; esac
        done
        grep -q '^CapEff:.*[1-9a-f]' /proc/self/status && echo capable
        echo "user $(id -u)"
        [ "$(ulimit -t)" = unlimited ] && echo cpu
        [ -e "$1" ] && echo sees
        (: > ./written) 2>/dev/null && echo changes
        [ "$(grep -c : /proc/net/dev)" -gt 1 ] && echo network
        head -c 3000000 /dev/zero 2>/dev/null > "$TMPDIR/large" && echo fills
        head -c 200000000 /dev/zero 2>/dev/null | tail -c 150000000 >/dev/null 2>&1 && echo hoards
        rm -f "$TMPDIR/large"
        (env -i setsid sleep "$2" >/dev/null 2>&1 </dev/null &) 2>/dev/null
        (i=0; while [ $i -lt 60 ]; do sleep 3 & i=$((i+1)); done) 2>/dev/null && echo forks
        echo done

        """;

    public static (IReadOnlyList<ProtectionState> Protections, string? Problem) Run(Sandbox sandbox)
    {
        var folder = Directory.CreateTempSubdirectory("blockchain-probe-");
        var others = Directory.CreateTempSubdirectory("blockchain-probe-");
        try
        {
            var canary = Path.Combine(others.FullName, "canary");
            File.WriteAllText(canary, "");
            Open(folder);
            Open(others);
            var sleep = string.Create(
                CultureInfo.InvariantCulture, $"86399.{Environment.ProcessId}{Random.Shared.Next(1000)}");
            string[] command = ["/bin/sh", "-c", Script, "probe", canary, sleep];
            var result = sandbox.Run(new ConfinedProgram(command, folder.FullName), Small);
            string[] said = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return said.Contains("done")
                ? (States(sandbox, said, IsRunning(sleep)), null)
                : ([], $"{sandbox.Name}: {result.Problem ?? "it ended early"}: {string.Join(" | ", said.TakeLast(3))}");
        }
        finally
        {
            folder.Delete(recursive: true);
            others.Delete(recursive: true);
        }
    }

    private static void Open(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = (UnixFileMode)Convert.ToInt32("755", 8);
        }
    }

    private static ProtectionState[] States(Sandbox sandbox, string[] said, bool isRunning)
    {
        var has = said.ToHashSet(StringComparer.Ordinal);
        var isRoot = has.Contains("user 0") && has.Contains("capable");
        return
        [
            State(
                Protection.Environment,
                !has.Contains("environment"),
                "it gets a few variables of its own and an empty home",
                "it sees our variables"),
            State(
                Protection.Handles,
                !said.Any(word => word.StartsWith("handle", StringComparison.Ordinal)),
                "it gets its three streams only",
                "it gets files that we were given open"),
            State(
                Protection.User,
                !has.Contains("capable") && !isRoot,
                "it has no rights of an administrator, and cannot get any",
                "it has the rights of root"),
            State(Protection.Memory, !has.Contains("hoards"), "limited", "not limited"),
            State(Protection.Cpu, !has.Contains("cpu"), "limited for each process", "only its turns are limited"),
            State(
                Protection.Output,
                !has.Contains("fills"),
                sandbox.HasOwnFiles ? "limited for all its files together" : "limited for each file, not in all",
                "not limited"),
            State(Protection.Processes, !has.Contains("forks"), "limited in number", "not limited in number"),
            State(
                Protection.Network,
                !has.Contains("network"),
                "it has none",
                "it reaches what this machine reaches"),
            State(
                Protection.Files,
                !has.Contains("sees") && !has.Contains("changes"),
                "it sees the system and its own folder, and changes neither",
                has.Contains("changes") ? "it can change its folder, and read others" : "it can read other folders"),
            State(
                Protection.Ending,
                !isRunning,
                "all that it starts ends with it",
                "what it starts can outlive it"),
        ];
    }

    private static ProtectionState State(Protection protection, bool isInForce, string how, string otherwise) =>
        new(protection, isInForce, isInForce ? how : otherwise);

    private static bool IsRunning(string argument) => LinuxProcesses.All().Any(one =>
    {
        try
        {
            return !one.IsZombie
                && File.ReadAllText($"/proc/{one.Id}/cmdline").Contains(argument, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
