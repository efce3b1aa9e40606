using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Network;
using Blockchain.NodeApi;
using Blockchain.Network.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>A peer that is a program of somebody else: the little node of the kit for Python.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Ours = "127.0.91.1";
    private const string Theirs = "127.0.91.2";

    private readonly HttpClient _http = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-test-");

    private string File => Path.Combine(_folder.FullName, "peers.json");

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Program_InTheModel_IsAnExecutableWithItsCommand()
    {
        Write();
        await using var app = AspireApp.ModelOf(File);
        var program = ProgramOf(app);
        var executable = program.Annotations.OfType<ExecutableAnnotation>().Single();
        Assert.Equal(("python3", Kit), (executable.Command, executable.WorkingDirectory));
        Assert.Equal("peer-2", program.Name);
        var p2p = program.Annotations.OfType<EndpointAnnotation>().Single();
        Assert.Equal((Theirs, 6102, false), (p2p.TargetHost, p2p.Port, p2p.IsProxied));
        Assert.Single(program.Annotations.OfType<HealthCheckAnnotation>());
        Assert.Equal("peer-1", Assert.Single(AspireApp.PeersOf(app)).Name);
    }

    [Fact]
    public async Task Program_ThatIsPublished_IsRefusedInOneLine()
    {
        Write();
        var (code, _, errors) = await AppHostProcess.RunAsync(
            File, "--operation=publish", $"--output-path={_folder.FullName}");
        Assert.Equal(2, code);
        Assert.Contains(
            "2: a program of somebody else cannot be published", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_OnAspire_IsAPeerThatIsStoppedAndStartedLikeTheOthers()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/python3"), "This machine has no Python.");
        Write();
        await using var app = await AspireApp.BuildAsync(File);
        await AspireApp.StartAsync(app);
        var program = ProgramOf(app);
        await StandsAsync(app, "1 of 1 up", "ALIVE");

        await app.ExecuteAsync(program, KnownResourceCommands.StopCommand);
        await StandsAsync(app, "0 of 1 up", "UNREACHABLE");

        await app.ExecuteAsync(program, KnownResourceCommands.StartCommand);
        await StandsAsync(app, "1 of 1 up", "ALIVE");
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private static string Kit => Sources.PathOf("kits/python");

    private static ExecutableResource ProgramOf(DistributedApplication app) =>
        Assert.Single(
            app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ExecutableResource>(),
            resource => PeerAnnotation.Of(resource) is not null);

    /// <summary>Its network counts it, and the node of ours sees it so.</summary>
    private Task<TimeSpan> StandsAsync(DistributedApplication app, string network, string status)
    {
        var parent = PeerAnnotation.Of(ProgramOf(app))!.Network;
        var ours = new NodeClient(_http, NodeAddress.OnThisMachine(6101));
        return Eventually.HoldsAsync(
            $"{network}, {status}",
            async () => await SightAsync() == $"{network}, {status}",
            SightAsync,
            SightAsync);

        async Task<string> SightAsync()
        {
            var peers = await ours.TryAsync(
                (node, stop) => node.PeersAsync(stop), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
            return $"{AspireApp.StateOf(app, parent)}, {peers?.Single().Status}";
        }
    }

    private void Write() => System.IO.File.WriteAllText(
        File,
        $$"""
        {
          "defaults": { "pingInterval": 1, "unreachableAfter": 3, "retryDelay": 1 },
          "peers": {
            "1": { "ip": "{{Ours}}", "port": 6101 },
            "2": {
              "ip": "{{Theirs}}", "port": 6102, "localnetworkid": 4, "directory": "{{Kit}}",
              "command": ["python3", "node.py", "--id", "{id}", "--config", "{file}"],
              "environment": { "PYTHONDONTWRITEBYTECODE": "1" }
            }
          }
        }
        """);
}
