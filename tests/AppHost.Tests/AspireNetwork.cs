using Aspire.Hosting;
using Blockchain.AppHost.Network;
using Blockchain.Launching;
using Blockchain.Network.Scenarios;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>
/// The shipped network on the Aspire host. Since resources cannot be added at run time, a newcomer of whom nobody knows
/// is in the file from the start, to be started by hand.
/// </summary>
public sealed class AspireNetwork : INetworkUnderTest
{
    private const string NewcomerId = "5011";
    private const string KnownToNewcomer = "5005";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-apphost-");
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly NetworkPlan _whole;
    private DistributedApplication? _app;
    private List<AspireNode> _nodes = [];

    /// <param name="settings">What is to be different from the shipped settings.</param>
    public AspireNetwork(Func<PeerSettings, PeerSettings> settings)
    {
        var shipped = TestPlan.OfShippedFile().WithSettings(settings);
        var ids = shipped.Peers.Select(peer => peer.Id).ToArray();
        var newcomer = TestPlan.Newcomer(shipped, NewcomerId, KnownToNewcomer) with { ManualStart = true };
        _whole = FreePorts.Assign(
            shipped.Select(peer => peer with { Knows = [.. ids.Where(id => id != peer.Id)] }).With(newcomer));
        Plan = _whole.WithPeers(_whole.Peers.Where(peer => peer.Id != newcomer.Id));
    }

    public NetworkPlan Plan { get; }

    public string ScrapeFolder => Path.Combine(_folder.FullName, "scrape");

    public AddressMode Addresses => AddressMode.Own;

    public IReadOnlyList<INodeUnderTest> Nodes => [.. _nodes.Where(node => node.Plan.Id.Value != NewcomerId)];

    internal DistributedApplication App => _app ?? throw new InvalidOperationException("It is not started.");

    public async Task StartAsync()
    {
        Assert.SkipWhen(
            TestPlan.Addresses == AddressMode.Single, "This machine has no loopback address but 127.0.0.1.");
        var file = Path.Combine(_folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(_whole));
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

    public INodeUnderTest AddNewcomer(string id, string knows)
    {
        Assert.Equal((NewcomerId, KnownToNewcomer), (id, knows));
        return _nodes.Single(node => node.Plan.Id == new PeerId(id));
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
