using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Experiments.Load;

/// <summary>A network of one node on free ports, with every limit lifted and nothing of its own going on.</summary>
internal sealed class LoneNode : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly LocalNetwork _network;

    private LoneNode(DirectoryInfo folder, LocalNetwork network)
    {
        _folder = folder;
        _network = network;
    }

    public LocalNode Node => _network.Nodes[0];

    /// <param name="transactions">How many its pool must hold.</param>
    /// <param name="keepsData">Whether it keeps what it accepts, in a temporary folder.</param>
    public static async Task<LoneNode> StartAsync(int transactions, bool keepsData, CancellationToken cancellation)
    {
        var plan = FreePorts.Assign(Plan(transactions));
        var folder = Directory.CreateTempSubdirectory("blockchain-load-");
        var file = Path.Combine(folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(plan), cancellation);
        var options = new LocalNetworkOptions
        {
            Addresses = AddressMode.Single,
            Data = keepsData ? folder.FullName : null,
        };
        var node = new LoneNode(folder, new LocalNetwork(plan, file, options));
        node._network.Start();
        await node._network.UntilUpAsync(cancellation);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static NetworkPlan Plan(int transactions)
    {
        var settings = PeerSettings.Unlimited with
        {
            TransactionInterval = TimeSpan.Zero,
            BlockInterval = TimeSpan.Zero,
            PoolLimit = Math.Max(PeerSettings.Default.PoolLimit, transactions * 2),
            PoolBytes = int.MaxValue,
            SeenLimit = Math.Max(PeerSettings.Default.SeenLimit, transactions * 2),
        };
        var info = new PeerInfo(
            new PeerId("load"), NetworkPlan.SingleAddress, Port: 1, Nat: false, Light: false, PeerInfo.NoNetwork);
        return new NetworkPlan([new PeerPlan { Info = info, Settings = settings }], settings);
    }
}
