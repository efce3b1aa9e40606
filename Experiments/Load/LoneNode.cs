using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Signing;

namespace Blockchain.Experiments.Load;

/// <summary>A network of one node on free ports, with every limit lifted and nothing of its own going on.</summary>
internal sealed class LoneNode : IAsyncDisposable
{
    /// <summary>The id of its one peer.</summary>
    public const string Name = "load";

    private readonly DirectoryInfo _folder;
    private readonly LocalNetwork _network;

    private LoneNode(DirectoryInfo folder, LocalNetwork network, SignedNetwork? signer)
    {
        _folder = folder;
        _network = network;
        Signer = signer;
    }

    /// <summary>Signs with the node's own key, where its network is signed.</summary>
    public SignedNetwork? Signer { get; }

    public LocalNode Node => _network.Nodes[0];

    /// <param name="transactions">How many its pool must hold.</param>
    /// <param name="keepsData">Whether it keeps what it accepts, in a temporary folder.</param>
    /// <param name="isSigned">Whether its network is signed.</param>
    public static async Task<LoneNode> StartAsync(
        int transactions, bool keepsData, bool isSigned, CancellationToken cancellation)
    {
        var plan = FreePorts.Assign(Plan(transactions, isSigned));
        var folder = Directory.CreateTempSubdirectory("blockchain-load-");
        var file = Path.Combine(folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(plan), cancellation);
        var options = new LocalNetworkOptions
        {
            Addresses = AddressMode.Single,
            Data = keepsData ? folder.FullName : null,
        };
        SignedNetwork? signer = null;
        if (isSigned)
        {
            var keys = KeyFolder.Beside(file);
            plan = keys.MakeMissing(plan);
            await File.WriteAllTextAsync(file, PeersFile.Write(plan), cancellation);
            options = options with { Keys = keys };
            signer = new SignedNetwork(plan, keys.SignaturesOf(new PeerId(Name)));
        }

        var node = new LoneNode(folder, new LocalNetwork(plan, file, options), signer);
        node._network.Start();
        await node._network.UntilUpAsync(cancellation);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static NetworkPlan Plan(int transactions, bool isSigned = false)
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
            new PeerId(Name), NetworkPlan.SingleAddress, Port: 1, Nat: false, Light: false, PeerInfo.NoNetwork);
        return new NetworkPlan([new PeerPlan { Info = info, Settings = settings }], settings) { IsSigned = isSigned };
    }
}
