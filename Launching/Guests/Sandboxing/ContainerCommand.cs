using System.Globalization;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>
/// The command that starts a program in a container. All that it may use is said there: nothing depends on what the
/// engine's own settings are.
/// </summary>
internal sealed class ContainerCommand(ContainerEngine engine, SandboxTools tools)
{
    private const int OpenFiles = 256;

    /// <summary>Of a user who has other processes too.</summary>
    private const int SharedProcesses = 4096;

    /// <summary>If we are killed and never start again: then it does not run for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="root">An empty folder, which becomes the root of its files where there is no image.</param>
    /// <param name="user">The number of a user who owns nothing; null: the user who starts it.</param>
    public IReadOnlyList<string> Of(
        ConfinedProgram program, GuestLimits limits, IReadOnlyDictionary<string, string> variables, string name,
        string root, uint? user)
    {
        // The user of a container without a number of its own has no rights beyond those of who starts it.
        var who = user ?? 0;
        return
        [
            .. engine.Words("run", "--rm", "--interactive", "--name", name),
            "--label", $"{ContainerEngine.Label}={Environment.MachineName}",
            "--network", "none", "--ipc", "none", "--read-only",
            "--cap-drop", "all", "--security-opt", "no-new-privileges", "--security-opt", "label=disable",
            "--user", Text($"{who}:{who}"),
            "--tmpfs", Text($"/tmp:rw,exec,nosuid,nodev,mode=1777,size={limits.Output}"),
            .. engine.IsPodman ? OfPodman : [],
            .. Limits(limits, user is not null),
            .. variables.SelectMany(one => new[] { "--env", $"{one.Key}={one.Value}" }),
            .. engine.Image is null ? tools.Folders.SelectMany(folder => Mount(folder, "readonly")) : [],
            .. Mount(program.Folder, program.MayWrite ? null : "readonly"),
            "--workdir", program.Folder,
            .. engine.Image is { } image
                ? ["--pull", "never", "--entrypoint", "", image]
                : (string[])["--no-hosts", "--rootfs", Root(root)],
            .. Data(limits),
            .. program.Command,
        ];
    }

    /// <summary>
    /// With it, the program has our pipes themselves, and no process stands between that copies each line.
    /// </summary>
    private static readonly string[] OfPodman =
    [
        "--log-driver", "passthrough", "--read-only-tmpfs=false", "--http-proxy=false",
        "--timeout", Text($"{(int)Longest.TotalSeconds}"),
    ];

    private string[] Limits(GuestLimits limits, bool isAlone)
    {
        // As those of prlimit(1) in the other sandboxes. Of processes, all that the user has count.
        var cpu = (long)Math.Ceiling(limits.Cpu.TotalSeconds);
        var processes = isAlone ? limits.Processes : SharedProcesses;
        return
        [
            .. engine.HasLimits
                ? [
                    "--memory", Text($"{limits.Memory}"), "--memory-swap", Text($"{limits.Memory}"),
                    "--pids-limit", Text($"{limits.Processes}"),
                ]
                : (string[])[],
            .. Limit("cpu", cpu, cpu + 1),
            .. Limit("fsize", limits.Output, limits.Output),
            .. Limit("nproc", processes, processes),
            .. Limit("nofile", OpenFiles, OpenFiles),
            .. Limit("core", 0, 0),
        ];
    }

    /// <summary>
    /// So that a program hears that it has no more memory, before it is ended without a word. Not by the engine, whose
    /// own runtime would be the first to have too little.
    /// </summary>
    private string[] Data(GuestLimits limits) => engine.Image is null && tools.Has("prlimit")
        ? ["prlimit", Text($"--data={limits.Memory}"), "--"]
        : [];

    private static string[] Limit(string what, long soft, long hard) => ["--ulimit", Text($"{what}={soft}:{hard}")];

    /// <summary>A list of fields with commas between them, where a field with a comma stands in quotes.</summary>
    private static string[] Mount(string folder, string? option)
    {
        var quoted = folder.Replace("\"", "\"\"", StringComparison.Ordinal);
        return
        [
            "--mount",
            $"type=bind,\"source={quoted}\",\"target={quoted}\"{(option is null ? "" : $",{option}")}",
        ];
    }

    /// <summary>The mounts are all that is in it, and the links to them.</summary>
    private string Root(string folder)
    {
        foreach (var link in tools.Links)
        {
            File.CreateSymbolicLink(folder + link, new FileInfo(link).LinkTarget!);
        }

        return folder;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
