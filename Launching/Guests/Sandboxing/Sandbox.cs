using System.Diagnostics;
using System.Globalization;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>
/// Where programs of strangers run. What this machine offers for that is tried at the start, and the best is taken;
/// what was found stands in <see cref="Protections"/>. May be used by several threads.
/// </summary>
public sealed class Sandbox : IDisposable
{
    /// <summary>
    /// Far above those that a system gives to people; each process of ours has its own range of them.
    /// </summary>
    private const uint FirstUser = 1_000_000;
    private const int UsersOfAProcess = 4096;
    private const int Processes = 400_000;

    private readonly SandboxKind _kind;
    private readonly SandboxTools _tools;
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("blockchain-guests-");
    private readonly bool _isRoot = NativeCalls.IsRoot();

    // Two of them in one process are to have different users.
    private int _started = Random.Shared.Next(UsersOfAProcess);

    private Sandbox(SandboxKind kind, SandboxTools tools)
    {
        (_kind, _tools) = (kind, tools);
        NativeCalls.KeepFilesFromChildren();
        kind.Container?.RemoveOrphans();
        if (!kind.HasNamespaces)
        {
            NativeCalls.AdoptOrphans();
        }
    }

    /// <summary>What may be asked for.</summary>
    public static IReadOnlyList<string> Names => SandboxKind.Names;

    /// <summary>By which means programs are confined.</summary>
    public string Name => _kind switch
    {
        { HasNamespaces: true, HasMounts: false } => $"{_kind.Name}, without mounts",
        { MapsUser: true } => $"{_kind.Name}, in a user namespace",
        { Container.Image: { } image } => $"{_kind.Name}, {image}",
        _ => _kind.Name,
    };

    /// <summary>What it writes is in the memory that it has, and gone with it.</summary>
    internal bool HasOwnFiles => _kind.HasMounts;

    /// <summary>What was in force when it was tried here.</summary>
    public IReadOnlyList<ProtectionState> Protections { get; private set; } = [];

    /// <summary>Tries what there is.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="tools">Folders with programs that the strangers' programs need, outside of the system's
    /// own.</param>
    /// <param name="image">For a container: one that is on this machine; null: the files of this machine.</param>
    /// <exception cref="RefusedException">What was asked for does not work on this machine.</exception>
    public static Sandbox Open(
        string name = SandboxKind.Auto, IReadOnlyList<string>? tools = null, string? image = null)
    {
        var found = new SandboxTools(tools ?? []);
        Sandbox? best = null;
        var reasons = new List<string>();
        foreach (var kind in SandboxKind.Of(name, image))
        {
            var sandbox = new Sandbox(kind, found);
            var probe = SandboxProbe.Run(sandbox);
            sandbox.Protections = probe.Protections;
            if (probe.Problem is { } problem)
            {
                reasons.Add(problem);
                sandbox.Dispose();
            }
            else if (best is null || sandbox.CountInForce() > best.CountInForce())
            {
                best?.Dispose();
                best = sandbox;
            }
            else
            {
                sandbox.Dispose();
            }

            if (best is not null && best.CountInForce() == Enum.GetValues<Protection>().Length)
            {
                break;
            }
        }

        return best ?? throw new RefusedException(
            $"no program can be started in the sandbox \"{name}\" here: {string.Join("; ", reasons.Distinct())}");
    }

    /// <summary>Starts a program that talks by lines, as a peer of a simulated network.</summary>
    /// <exception cref="RefusedException">It cannot be started.</exception>
    public GuestProcess Start(ConfinedProgram program, GuestLimits limits)
    {
        try
        {
            return new GuestProcess(Confine(program, limits), limits);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new RefusedException($"{program.Command[0]} cannot be started: {error.Message}");
        }
    }

    /// <summary>Runs a command to its end.</summary>
    public CommandResult Run(ConfinedProgram program, GuestLimits limits, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        using var confinement = Confine(program, limits);
        return ConfinedRun.Run(confinement, limits.Time ?? limits.Cpu, stop);
    }

    public void Dispose()
    {
        if (!_kind.HasNamespaces)
        {
            KillOrphans();
        }

        _kind.Container?.RemoveAllOf(Work);
        try
        {
            _work.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only empty folders are left there, in the system's folder for what may be deleted.
        }
    }

    internal IConfinement Confine(ConfinedProgram program, GuestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(limits);
        var number = Interlocked.Increment(ref _started);
        var name = ContainerEngine.NameOf(Work, number);
        var place = _work.CreateSubdirectory(number.ToString(CultureInfo.InvariantCulture));
        if (_kind.Container is { } container)
        {
            return Contain(container, program, limits, name, place, container.HasOwnUser ? UserOf(number) : null);
        }

        var group = ControlGroup.TryCreate(name, limits.Memory, limits.Processes);
        uint? user = _isRoot && !_kind.MapsUser && _tools.Has("setpriv") ? UserOf(number) : null;
        if (!_kind.HasMounts && !OperatingSystem.IsWindows())
        {
            // Its home; a user of its own is to write there.
            place.UnixFileMode = (UnixFileMode)Convert.ToInt32("1777", 8);
            _work.UnixFileMode = (UnixFileMode)Convert.ToInt32("711", 8);
        }

        var command = new SandboxCommand(_kind, _tools).Of(program, limits, group?.Doors ?? [], place.FullName, user);
        var start = StartOf(command, program.Folder);
        start.Environment.Clear();
        var home = _kind.HasMounts ? "/tmp" : place.FullName;
        foreach (var (variable, value) in Variables(program, limits, name, home))
        {
            start.Environment[variable] = value;
        }

        return new Confinement(start, group, place, _kind.HasNamespaces, name);
    }

    /// <summary>
    /// The client of the engine is our own program, with our environment; the container gets another.
    /// </summary>
    private ContainerConfinement Contain(
        ContainerEngine engine, ConfinedProgram program, GuestLimits limits, string name, DirectoryInfo place,
        uint? user)
    {
        var variables = Variables(program, limits, name, "/tmp");
        if (engine.Image is not null && !program.Environment.ContainsKey("PATH"))
        {
            variables.Remove("PATH");
        }

        var command = new ContainerCommand(engine, _tools).Of(program, limits, variables, name, place.FullName, user);
        return new ContainerConfinement(StartOf(command, place.FullName), engine, place, name);
    }

    private static ProcessStartInfo StartOf(IReadOnlyList<string> command, string folder) =>
        new(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>
    /// What has left its session and cleared its environment became a child of ours when its parent ended. All that we
    /// start for ourselves is in our own session.
    /// </summary>
    private static void KillOrphans()
    {
        const int Rounds = 1000;
        for (var round = 0; round < Rounds; round++)
        {
            var all = LinuxProcesses.All();
            var ours = all.FirstOrDefault(one => one.Id == Environment.ProcessId);
            var orphans = all.Where(one =>
                one.Parent == ours.Id && one.Session != ours.Session && ours.Id != 0).ToArray();
            if (orphans.Length == 0)
            {
                return;
            }

            foreach (var one in orphans)
            {
                NativeCalls.Kill(one.Id);
                NativeCalls.Reap(one.Id);
            }
        }
    }

    /// <summary>Of the names of all that is started here.</summary>
    private string Work => _work.Name[^6..];

    private int CountInForce() => Protections.Count(state => state.IsInForce);

    private static uint UserOf(int number) => FirstUser
        + (uint)(Environment.ProcessId % Processes) * UsersOfAProcess + (uint)(number % UsersOfAProcess);

    private Dictionary<string, string> Variables(
        ConfinedProgram program, GuestLimits limits, string name, string home)
    {
        // Of the heap that .NET would reserve, the limit would let it have nothing.
        const double HeapShare = 0.75;
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = _tools.SearchPath,
            ["HOME"] = home,
            ["TMPDIR"] = home,
            ["LANG"] = "C.UTF-8",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_GCHeapHardLimit"] =
                ((long)(limits.Memory * HeapShare)).ToString("x", CultureInfo.InvariantCulture),
            [Confinement.Mark] = name,
        };
        foreach (var (variable, value) in program.Environment)
        {
            variables[variable] = value;
        }

        return variables;
    }
}
