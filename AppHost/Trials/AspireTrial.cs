using Blockchain.AppHost.Network;
using Blockchain.Launching;
using Blockchain.Launching.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Running;

namespace Blockchain.AppHost.Trials;

/// <summary>One run of a scenario, as resources of an application that lasts as long as the run.</summary>
internal sealed class AspireTrial : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-trial-");
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    private readonly Scenario _scenario;
    private readonly NetworkPlan _plan;
    private readonly string _key = ServiceDefaults.Http.Secrets.New();
    private DistributedApplication? _application;

    public AspireTrial(Scenario scenario)
    {
        _scenario = scenario;
        _plan = LocalTrials.PlanOf(scenario, AddressMode.Own);
    }

    /// <param name="recording">The file where every event goes; null: nowhere.</param>
    public async Task<TrialResult> RunAsync(
        ITrialListener? listener, string? recording, bool messages, CancellationToken stop)
    {
        var nodes = _plan.Peers.Select(peer => new AspireTrialNode(
            peer,
            new NodeClient(_http, NodeAddress.OnThisMachine(peer.Info.Port), _key),
            () => _application ?? throw new InvalidOperationException("It has not started."))).ToArray();
        var host = new NodesHost(
            HostNames.Aspire,
            _scenario.Seed,
            nodes,
            (isAbsent, cancelled) => StartAsync(nodes, isAbsent, cancelled),
            new NodeEventTape(recording, _key, messages));
        await using (host)
        {
            return await new TrialRunner(_scenario, host, listener).RunAsync(stop: stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.StopAsync();
            await _application.DisposeAsync();
        }

        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(
        AspireTrialNode[] nodes, Predicate<PeerId> isAbsent, CancellationToken stop)
    {
        // Aspire starts what no scenario has start later.
        var plan = _plan.Select(peer => peer with { ManualStart = isAbsent(peer.Id) });
        var file = Path.Combine(_folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(plan), stop);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [$"--contentRoot={AppContext.BaseDirectory}", "--Logging:LogLevel:Default=Critical"],
            AssemblyName = typeof(AspireTrial).Assembly.GetName().Name,

            // Its address is in the launch profile, which a test, or a program that is started bare, does not have.
            DisableDashboard = Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is null,
        });
        builder.Configuration[$"Parameters:{Names.ControlKey}"] = _key;
        builder.AddBlockchainNetwork(file);
        builder.WaitForTheEndOfAll();
        _application = builder.Build();
        await _application.StartAsync(stop);
        await Task.WhenAll(nodes.Where(node => !isAbsent(node.Plan.Id)).Select(node => node.UntilUpAsync(stop)));
    }
}
