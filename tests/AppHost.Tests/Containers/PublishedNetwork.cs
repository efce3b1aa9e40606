using System.Globalization;
using System.Text;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests.Containers;

/// <summary>
/// The shipped network, published for Docker Compose and running, under names that no other run has. At the end nothing
/// of it is left.
/// </summary>
public sealed class PublishedNetwork : IAsyncLifetime
{
    public const string ControlKey = "a-key-of-the-test";

    private static readonly TimeSpan HealthyWithin = TimeSpan.FromSeconds(60);

    private readonly string _project = $"blockchain-test-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly PeersFiles _file = new(PeersFiles.Shipped);
    private ContainerEngine? _engine;
    private ComposePublication? _publication;
    private bool _isRunning;

    /// <summary>Why nothing runs; null: it does.</summary>
    public string? LeftOut { get; private set; }

    public NetworkPlan Plan => _file.Plan;

    /// <summary>The Compose networks of each service that starts by itself.</summary>
    public IReadOnlyDictionary<string, string[]> Services { get; private set; } = new Dictionary<string, string[]>();

    /// <summary>Whether the containers have the limits of the file.</summary>
    public bool IsLimited => _engine!.CanLimit;

    private Dictionary<string, string> Variables => new()
    {
        [ComposePublication.ControlKey] = ControlKey,
        ["PEER_IMAGE"] = PeerImage,
        ["OBSERVATORY_IMAGE"] = ObservatoryImage,
    };

    private string PeerImage => $"{_project}-peer:latest";

    private string ObservatoryImage => $"{_project}-observatory:latest";

    public async ValueTask InitializeAsync()
    {
        (_engine, var problem) = await ContainerEngine.FindAsync();
        LeftOut = _engine is null ? problem : await StartAsync(_engine);
    }

    /// <summary>Waits until every container is healthy; skips the test where none runs.</summary>
    public async Task<PublishedNetwork> HealthyAsync()
    {
        if (LeftOut is not null)
        {
            Assert.Skip(LeftOut);
        }

        if (!_isRunning)
        {
            await _engine!.RunAsync(["start", .. Services.Keys.Select(ContainerOf)]);
        }

        _isRunning = true;
        await Eventually.HoldsAsync("every container is healthy", AreHealthyAsync, HealthyWithin, DescribeAsync);
        return this;
    }

    /// <summary>Stops all containers at once.</summary>
    /// <param name="patience">How long a container may take before it is killed.</param>
    /// <returns>The exit code of each.</returns>
    public async Task<IReadOnlyDictionary<string, int>> StopAsync(TimeSpan patience)
    {
        var seconds = patience.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await _engine!.RunAsync(["stop", "-t", seconds, .. Services.Keys.Select(ContainerOf)]);
        _isRunning = false;
        var codes = await InspectAsync("{{.State.ExitCode}}");
        return Services.Keys.Zip(codes).ToDictionary(
            one => one.First, one => int.Parse(one.Second, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a script of bash in the container, and returns what it wrote.</summary>
    public Task<string> ExecuteAsync(string service, string script) =>
        _engine!.RunAsync("exec", ContainerOf(service), "bash", "-c", script);

    /// <summary>The address that each container has in each of its networks.</summary>
    public async Task<IReadOnlyDictionary<string, string[]>> AddressesAsync()
    {
        var lines = await InspectAsync("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}");
        return Services.Keys.Zip(lines).ToDictionary(
            one => one.First, one => one.Second.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Where this machine has a port of a container.</summary>
    public async Task<Uri> UrlAsync(string service, int port) =>
        new($"http://{(await _engine!.RunAsync("port", ContainerOf(service), $"{port}/tcp")).Split('\n')[0]}");

    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        foreach (var (service, state) in Services.Keys.Zip(await InspectAsync("{{json .State}}")))
        {
            var log = await _engine!.TryAsync("logs", "--tail", "5", ContainerOf(service));
            text.AppendLine(CultureInfo.InvariantCulture, $"{service}: {state}\n{log.Output}\n{log.Errors}");
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.TryAsync(["rm", "--force", "--volumes", .. Services.Keys.Select(ContainerOf)]);
            foreach (var network in Services.Values.SelectMany(networks => networks).Distinct())
            {
                await _engine.TryAsync("network", "rm", PodmanCompose.NetworkOf(_project, network));
            }

            await _engine.TryAsync("image", "rm", "--force", PeerImage, ObservatoryImage);
        }

        _file.Dispose();
    }

    /// <returns>Why it cannot be; null: it is started.</returns>
    private async Task<string?> StartAsync(ContainerEngine engine)
    {
        var folder = _file.Folder.FullName;
        _publication = await ComposePublication.CreateAsync(_file);
        var text = ComposePublication.Interpolate(_publication.Text(), Variables);
        Services = Yaml.Parse(text).At("services").Members()
            .Where(service => service.Value.At("profiles") is null)
            .ToDictionary(
                service => service.Key,
                service => service.Value.At("networks").Items().Select(network => network.Text()!).ToArray());

        await NetworkImages.ImportAsync(engine, "PeerNode", PeerImage, folder);
        if (await TryRuntimeAsync(engine) is { } problem)
        {
            return problem;
        }

        await NetworkImages.ImportAsync(engine, "Observatory", ObservatoryImage, folder);
        if (engine.IsDocker)
        {
            await engine.RunAsync(
                Variables, "compose", "--project-name", _project, "--file", _publication.ComposeFile, "up", "--detach");
        }
        else
        {
            await new PodmanCompose(engine, text, Path.GetDirectoryName(_publication.ComposeFile)!, _project).UpAsync();
        }

        _isRunning = true;
        return null;
    }

    private async Task<string?> TryRuntimeAsync(ContainerEngine engine)
    {
        var network = PodmanCompose.NetworkOf(_project, "try");
        await engine.RunAsync("network", "create", "--internal", network);
        try
        {
            return await engine.ChooseRuntimeAsync(PeerImage, network);
        }
        finally
        {
            await engine.TryAsync("network", "rm", network);
        }
    }

    private async Task<bool> AreHealthyAsync()
    {
        var waiting = Services.Keys.Zip(await InspectAsync("{{.State.Health.Status}}"))
            .Where(one => one.Second != "healthy").Select(one => one.First).ToArray();

        // Podman leaves it to systemd to run health checks, which not every machine has.
        if (!_engine!.IsDocker)
        {
            await ContainerEngine.ForEachAsync(
                waiting, service => _engine.TryAsync("healthcheck", "run", ContainerOf(service)));
        }

        return waiting.Length == 0;
    }

    /// <returns>A line for each service.</returns>
    private async Task<string[]> InspectAsync(string format) =>
        (await _engine!.RunAsync(["inspect", "--format", format, .. Services.Keys.Select(ContainerOf)])).Split('\n');

    private string ContainerOf(string service) => PodmanCompose.ContainerOf(_project, service);
}
