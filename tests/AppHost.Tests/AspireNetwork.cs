using Aspire.Hosting;
using Blockchain.AppHost.Network;
using Blockchain.Launching.Nodes;
using Blockchain.Launching;
using Blockchain.Network.Scenarios;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>The shipped network on the Aspire host.</summary>
public sealed class AspireNetwork : INetworkUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-apphost-");
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private DistributedApplication? _app;
    private List<AspireNode> _nodes = [];

    /// <param name="settings">What is to be different from the shipped settings.</param>
    public AspireNetwork(Func<PeerSettings, PeerSettings> settings)
    {
        Plan = TestPlan.OfShippedFile().WithSettings(settings);
    }

    public NetworkPlan Plan { get; }

    public string ScrapeFolder => Path.Combine(_folder.FullName, "scrape");

    public AddressMode Addresses => AddressMode.Own;

    public IReadOnlyList<ITrialNode> Nodes => _nodes;

    internal DistributedApplication App => _app ?? throw new InvalidOperationException("It is not started.");

    public async Task StartAsync()
    {
        Assert.SkipWhen(
            TestPlan.Addresses == AddressMode.Single, "This machine has no loopback address but 127.0.0.1.");
        var file = Path.Combine(_folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(Plan));
        _app = await AspireApp.BuildAsync("--peers", file, "--scrape", ScrapeFolder);
        var network = _app.Services.GetRequiredService<BlockchainNetwork>();
        var key = await network.ControlKey.Resource.GetValueAsync(CancellationToken.None);
        _nodes =
        [
            .. AspireApp.PeersOf(_app).Select(resource =>
            {
                var plan = PeerAnnotation.Of(resource)!.Plan;
                var url = NodeAddress.OnThisMachine(plan.Info.Port);
                return new AspireNode(_app, resource, plan, new NodeClient(_http, url, key));
            }),
        ];
        await AspireApp.StartAsync(_app);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    internal AspireNode Node(string id) => _nodes.Single(node => node.Plan.Id.Value == id);

    /// <summary>Until a resource is in a state, as long as something changes in the network.</summary>
    internal Task<TimeSpan> UntilStateAsync(string resource, string state) => Eventually.HoldsAsync(
        $"{resource} is in the state {state}",
        () => Task.FromResult(StateOf(resource) == state),
        async () => $"{StateOf(resource)}\n{await Nodes.SightAsync()}",
        async () => $"{StateOf(resource)}\n{await this.DescribeAsync()}");

    private string? StateOf(string resource) =>
        App.ResourceNotifications.TryGetCurrentState(resource, out var now) ? now.Snapshot.State?.Text : null;
}
