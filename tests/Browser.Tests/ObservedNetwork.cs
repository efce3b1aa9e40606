using Blockchain.Lab.Network;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;
using Microsoft.Playwright;

namespace Blockchain.Browser.Tests;

/// <summary>
/// The shipped network as processes with the Observatory beside them, and a browser. Blocks are made only when asked for;
/// what was missed is asked for often, so that nobody has to wait.
/// </summary>
public class ObservedNetwork : IAsyncLifetime
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-browser-");
    private IPlaywright? _playwright;

    /// <summary>Null where there is no browser, as is <see cref="Browser"/>.</summary>
    public LocalNetwork Local { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null)
            return;
        var plan = TestPlan.OfShippedFile();
        plan = plan.Select(peer => peer with { Settings = Change(peer.Settings) });
        var file = Path.Combine(_folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(plan));
        var port = new PortChoice(plan).Next(plan.Peers.Max(peer => plan.HttpPort(peer.Id)) + 1);
        Local = new LocalNetwork(
            plan, file, new LocalNetworkOptions { Addresses = TestPlan.Addresses, ObservatoryPort = port });
        Local.Start();
        using var deadline = new CancellationTokenSource(StartDeadline);
        await Local.UntilUpAsync(deadline.Token);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        Browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>Until all of these have the same chain, of this height at least.</summary>
    public static Task UntilAgreedAsync(IEnumerable<LocalNode> nodes, int height, CancellationToken stop) =>
        Eventually.HoldsAsync(
            "one chain",
            async () =>
            {
                var all = await Task.WhenAll(nodes.Select(node => node.Client.StatusAsync(stop)));
                return all.All(status => status.Height >= height) && all.DistinctBy(status => status.Tip).Count() == 1;
            },
            Patience,
            () => Task.FromResult(""));

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (Local is not null)
            await Local.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected virtual PeerSettings Change(PeerSettings settings) => settings with
    {
        BlockInterval = TimeSpan.Zero,
        TransactionInterval = TimeSpan.Zero,
        PingInterval = TimeSpan.FromSeconds(2),
        SyncInterval = TimeSpan.FromSeconds(2),
    };
}
