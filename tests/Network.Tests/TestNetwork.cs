using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Blockchain.Lab.Network;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>A network of real processes with free ports, addresses and a folder that no other run has.</summary>
public sealed class TestNetwork : IAsyncDisposable
{
    private const int FirstHost = 10;
    private const int NewcomersHost = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;

    private TestNetwork(DirectoryInfo folder, NetworkPlan plan, AddressMode addresses)
    {
        _folder = folder;
        Plan = plan;
        File = Write("peers.json", plan);
        Addresses = addresses;
        Local = new LocalNetwork(plan, File, new LocalNetworkOptions { Addresses = addresses });
    }

    public NetworkPlan Plan { get; }

    public string File { get; }

    public AddressMode Addresses { get; }

    public LocalNetwork Local { get; }

    public IEnumerable<LocalNode> Honest => Local.Nodes.Where(node => !node.Plan.Malicious);

    /// <summary>The shipped network, moved to where nothing else is; only these peers of it, or all.</summary>
    public static TestNetwork OfShippedFile(params string[] only)
    {
        var shipped = PeersFile.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "peers.json"))).Plan!;
        if (only.Length > 0)
            shipped = shipped.WithPeers(shipped.Peers.Where(peer => only.Contains(peer.Id.Value)));
        var own = Preflight.TryListen(new IPEndPoint(IPAddress.Parse(Address(FirstHost)), 0)) == SocketError.Success;
        var host = FirstHost;
        var plan = shipped.Select(
            peer => peer with { Info = peer.Info with { Ip = own ? Address(host++) : NetworkPlan.SingleAddress } });
        return new TestNetwork(
            Directory.CreateTempSubdirectory("blockchain-network-"),
            FreePorts.Assign(plan),
            own ? AddressMode.Own : AddressMode.Single);
    }

    /// <summary>Starts all and waits until they are healthy.</summary>
    public async Task StartAsync()
    {
        Local.Start();
        await Eventually.HoldsAsync("all peers are up", AllUp, StartDeadline, DescribeAsync);

        async Task<bool> AllUp()
        {
            using var deadline = new CancellationTokenSource(Patience);
            try
            {
                await Local.UntilUpAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            return Local.Nodes.All(node => node.State == NodeState.Up);
        }
    }

    /// <summary>A peer that makes nothing by itself, whose file names none but itself and the one that it knows.</summary>
    public LocalNode AddNewcomer(string id, string knows)
    {
        var settings = Plan.Defaults with { BlockInterval = TimeSpan.Zero, TransactionInterval = TimeSpan.Zero };
        var ip = Addresses == AddressMode.Own ? Address(NewcomersHost) : NetworkPlan.SingleAddress;
        var info = new PeerInfo(new PeerId(id), ip, 1, Nat: false, Light: false, PeerInfo.NoNetwork);
        var newcomer = FreePorts
            .Assign(new NetworkPlan([new PeerPlan { Info = info, Settings = settings, Knows = [new PeerId(knows)] }]))
            .Peers[0];
        return Local.Add(newcomer, Write($"{id}.json", new NetworkPlan([Plan[new PeerId(knows)], newcomer])));
    }

    public Task ForEachAsync(Func<NodeClient, Task> action) =>
        Task.WhenAll(Local.Nodes.Where(node => node.State == NodeState.Up).Select(node => action(node.Client)));

    public static Task<NodeStatus?> StatusAsync(LocalNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Client.TryAsync((client, token) => client.StatusAsync(token), Patience);
    }

    /// <summary>Whether these peers answer, all with the same tip.</summary>
    public static async Task<bool> HaveSameTipAsync(IEnumerable<LocalNode> nodes)
    {
        var statuses = await Task.WhenAll(nodes.Select(StatusAsync));
        return statuses.All(status => status is not null) && statuses.DistinctBy(status => status!.Tip).Count() == 1;
    }

    /// <summary>The state of each node, for the message of a test that fails.</summary>
    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        var statuses = await Task.WhenAll(Local.Nodes.Select(StatusAsync));
        foreach (var (node, status) in Local.Nodes.Zip(statuses))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {node.Id} {node.State}");
            if (status is not null)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $" height {status.Height} tip {status.Tip?[..8]} pool {status.Pool}"
                    + $" orphans {status.Orphans} alive {status.PeersAlive}/{status.PeersKnown} banned {status.Banned}"
                    + $" sent {status.Sent} received {status.Received} generating {status.Generating}");
            }

            text.AppendLine();
            foreach (var line in node.LastWords)
                text.Append("    ").AppendLine(line);
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Local.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // A network 127.a.b.0 for each process, so that runs beside each other do not meet.
    private static string Address(int host) => string.Create(
        CultureInfo.InvariantCulture,
        $"127.{100 + (Environment.ProcessId % 100)}.{Environment.ProcessId / 100 % 256}.{host}");

    private string Write(string name, NetworkPlan plan)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, PeersFile.Write(plan));
        return path;
    }
}
