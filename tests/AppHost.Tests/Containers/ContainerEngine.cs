namespace Blockchain.AppHost.Tests.Containers;

/// <summary>What runs containers on this machine: Docker with Compose, else Podman.</summary>
internal sealed class ContainerEngine
{
    /// <summary>Podman asks for more than a machine may grant that is a container itself.</summary>
    private static readonly string[] Ulimits = ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"];

    private readonly string _program;
    private string[] _runtime = [];

    private ContainerEngine(string program) => _program = program;

    public bool IsDocker => _program == "docker";

    /// <summary>
    /// False where this machine's control groups cannot be used, so that containers have to do without limits.
    /// </summary>
    public bool CanLimit { get; private set; } = true;

    /// <returns>The engine, or why there is none.</returns>
    public static async Task<(ContainerEngine? Engine, string Problem)> FindAsync()
    {
        var docker = await Tool.TryAsync("docker", ["compose", "version"]);
        if (docker.ExitCode == 0)
        {
            docker = await Tool.TryAsync("docker", ["info"]);
        }

        if (docker.ExitCode == 0)
        {
            return (new ContainerEngine("docker"), "");
        }

        var podman = await Tool.TryAsync("podman", ["info"]);
        return podman.ExitCode == 0
            ? (new ContainerEngine("podman"), "")
            : (null, $"No container engine answers. podman: {LastLine(podman.Errors)} docker compose: "
                + $"{LastLine(docker.Errors)}");
    }

    /// <inheritdoc cref="Tool.RunAsync"/>
    public Task<string> RunAsync(params string[] arguments) => Tool.RunAsync(_program, [.. _runtime, .. arguments]);

    /// <inheritdoc cref="Tool.TryAsync"/>
    public Task<ToolResult> TryAsync(params string[] arguments) => Tool.TryAsync(_program, [.. _runtime, .. arguments]);

    /// <inheritdoc cref="Tool.RunAsync"/>
    public Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Tool.RunAsync(_program, arguments, environment);

    /// <summary>
    /// Does something with each, a few at a time: a machine has fewer cores than a network has containers.
    /// </summary>
    public static Task ForEachAsync<T>(IEnumerable<T> all, Func<T, Task> action) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        async (one, _) => await action(one));

    /// <summary>
    /// Takes the one of Podman's runtimes that starts containers with limits here, or else at all: they differ in the
    /// kinds of control groups that they put up with.
    /// </summary>
    /// <returns>Why there is none; null: there is.</returns>
    public async Task<string?> ChooseRuntimeAsync(string image, string network)
    {
        if (IsDocker)
        {
            return null;
        }

        string? problem = null;
        foreach (var limited in (bool[])[true, false])
        {
            CanLimit = limited;
            foreach (var runtime in (string[][])[[], ["--runtime", "runc"], ["--runtime", "crun"]])
            {
                _runtime = runtime;
                var tried = await TryAsync(
                    ["run", "--rm", "--network", network, .. Limits("64M", "1", "64"), "--entrypoint", "bash", image,
                        "-c", "true"]);
                if (tried.ExitCode == 0)
                {
                    return null;
                }

                problem ??= $"Podman starts no containers here: {LastLine(tried.Errors)}";
            }
        }

        return problem;
    }

    /// <summary>As options of <c>podman create</c>.</summary>
    public string[] Limits(string memory, string cpus, string pids) =>
        CanLimit ? ["--memory", memory, "--cpus", cpus, "--pids-limit", pids, .. Ulimits] : Ulimits;

    private static string LastLine(string text) => text.Split('\n')[^1];
}
