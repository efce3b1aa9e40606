using Blockchain.Launching;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;
using Microsoft.Playwright;

namespace Blockchain.Browser.Tests;

/// <summary>
/// The shipped network as processes with the Observatory beside them, and a browser. Blocks are made only when asked
/// for;
/// what was missed is asked for often, so that nobody has to wait.
/// </summary>
public class ObservedNetwork : IAsyncLifetime
{
    /// <summary>
    /// How long a page has for what it is to show: generous, since nothing here is a promise about time.
    /// </summary>
    private static readonly TimeSpan PageDeadline = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-browser-");
    private IPlaywright? _playwright;

    /// <summary>Null where there is no browser, as is <see cref="Browser"/>.</summary>
    public LocalNetwork Local { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>What a browser keeps that has opened the address with the token: that is good once.</summary>
    public string Session { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null)
        {
            return;
        }

        var plan = TestPlan.OfShippedFile();
        plan = plan.Select(peer => peer with { Settings = Change(peer.Settings) });
        var file = Path.Combine(_folder.FullName, "peers.json");
        await File.WriteAllTextAsync(file, PeersFile.Write(plan));
        var port = new PortChoice(plan).Next(plan.Peers.Max(peer => plan.HttpPort(peer.Id)) + 1);
        Local = new LocalNetwork(
            plan, file, new LocalNetworkOptions { Addresses = TestPlan.Addresses, ObservatoryPort = port });
        Local.Start();
        using var stop = new CancellationTokenSource();
        var up = Local.UntilUpAsync(stop.Token);
        await Eventually.HoldsAsync(
            "all peers and the Observatory are up",
            () => Task.FromResult(up.IsCompleted),
            () => Task.FromResult(
                string.Join(' ', Local.Nodes.Append<LocalService>(Local.Observatory!).Select(one => one.State))));
        await up;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)PageDeadline.TotalMilliseconds);
        Browser = await Chromium.LaunchAsync(_playwright);
        Session = await LogInAsync();
    }

    /// <summary>Until all of these have the same chain, of this height at least.</summary>
    public static async Task UntilAgreedAsync(IEnumerable<LocalNode> nodes, int height, CancellationToken stop)
    {
        (int Height, string? Tip)[] chains = [];
        await Eventually.HoldsAsync(
            "one chain",
            async () =>
            {
                var all = await Task.WhenAll(nodes.Select(node => node.Client.StatusAsync(stop)));
                chains = [.. all.Select(status => (status.Height, status.Tip))];
                return chains.All(chain => chain.Height >= height) && chains.DistinctBy(
                    chain => chain.Tip).Count() == 1;
            },
            () => Task.FromResult(string.Join('\n', chains)));
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Local is not null)
        {
            await Local.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private async Task<string> LogInAsync()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(Local.ObservatoryLogin!.ToString());
        await page.WaitForURLAsync(Local.Observatory!.Url.ToString());
        await page.Locator("h1").First.WaitForAsync();
        return await context.StorageStateAsync();
    }

    protected virtual PeerSettings Change(PeerSettings settings) => settings with
    {
        BlockInterval = TimeSpan.Zero,
        TransactionInterval = TimeSpan.Zero,
        PingInterval = TimeSpan.FromSeconds(2),
        SyncInterval = TimeSpan.FromSeconds(2),
    };
}
