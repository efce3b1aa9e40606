using System.Globalization;
using Blockchain.Launching;
using Microsoft.Playwright;

namespace Blockchain.Browser.Tests;

/// <summary>The pages of the Observatory in a real browser, beside a network of real processes.</summary>
public sealed class ObservatoryTests(ObservedNetwork observed) : IClassFixture<ObservedNetwork>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LocalNetwork Network
    {
        get
        {
            Assert.SkipWhen(Chromium.Executable is null, Chromium.WhyNot);
            return observed.Local;
        }
    }

    private IEnumerable<LocalNode> Honest => Network.Nodes.Where(node => !node.Plan.Malicious);

    [Fact]
    public async Task Map_OfTheRunningNetwork_HasEveryPeer()
    {
        await using var page = await OpenAsync("/");

        foreach (var node in Network.Nodes)
        {
            await Assertions.Expect(page.Peer(node.Id.Value)).ToHaveAttributeAsync("data-state", "up");
        }

        Assert.Equal(Network.Nodes.Count, await page.Page.Locator("svg.map [data-peer]").CountAsync());
    }

    /// <summary>The others have opened the address before this one.</summary>
    [Fact]
    public async Task Browser_WithoutTheAddress_IsNotLetIn()
    {
        var page = new Uri(Network.Observatory!.Url, "/");
        await using var context = await observed.Browser.NewContextAsync();
        var stranger = await context.NewPageAsync();

        foreach (var address in (Uri[])[page, Network.ObservatoryLogin!])
        {
            var answer = await stranger.GotoAsync(address.ToString());
            Assert.Equal((address, 401), (address, answer!.Status));
            await Assertions.Expect(stranger.GetByText("belongs to the user who started")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Mining_ByTheActPanel_SpreadsOverMapChainAndPropagation()
    {
        await using var page = await OpenAsync("/?peer=5005");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Act" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Mine a block" }).ClickAsync();

        await page.Page.GetByText("Done: 5005: mine a block").WaitForAsync();
        var tip = await TipAsync("5005");
        foreach (var node in Honest)
        {
            await Assertions.Expect(page.Peer(node.Id.Value)).ToHaveAttributeAsync("data-tip", tip[..8]);
        }

        await page.GoAsync("Chain");
        var row = page.Page.Locator($"[data-block='{tip}']");
        var honest = Honest.Count().ToString(CultureInfo.InvariantCulture);
        await Assertions.Expect(row.Locator(".count")).ToHaveTextAsync($"{honest}/{honest}");
        await row.ClickAsync();
        await Assertions.Expect(page.Page.Locator(".arrivals tbody tr")).ToHaveCountAsync(Network.Nodes.Count);

        await page.GoAsync("Propagation");
        await page.Page.Locator("[data-table='blocks']", new() { HasText = tip[..8] }).WaitForAsync();
        await Assertions.Expect(page.Page.Locator(".remark-notes").First).ToContainTextAsync("mine a block");
    }

    [Fact]
    public async Task Peer_Killed_IsShownAsDownUntilItIsBack()
    {
        await using var page = await OpenAsync("/");
        var victim = Network["5003"];
        await Assertions.Expect(page.Peer("5003")).ToHaveAttributeAsync("data-state", "up");

        await victim.KillAsync();
        await Assertions.Expect(page.Peer("5003")).ToHaveAttributeAsync("data-state", "down");

        victim.Start();
        await victim.UntilUpAsync(Stop);
        await Assertions.Expect(page.Peer("5003")).ToHaveAttributeAsync("data-state", "up");
    }

    [Fact]
    public async Task Partition_ByTheActPanel_ShowsTwoTipsUntilItIsHealed()
    {
        await ObservedNetwork.UntilAgreedAsync(Honest, 0, Stop);
        // A light peer believes a header only when it hears it from two.
        var full = Honest.Where(node => !node.Plan.Info.Light).ToLookup(node => node.Plan.Info.NetworkId == 2);
        var (inside, outside) = (full[true], full[false]);
        await using var page = await OpenAsync("/");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Act" }).ClickAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cut off network 2" }).ClickAsync();
        await page.Page.GetByText("Done: network 2: cut off").WaitForAsync();
        await Network["5009"].Client.MineAsync(Stop);
        await Network["5005"].Client.MineAsync(Stop);

        var (first, second) = (await TipAsync("5009"), await TipAsync("5005"));
        Assert.NotEqual(first, second);
        foreach (var node in inside)
        {
            await Assertions.Expect(page.Peer(node.Id.Value)).ToHaveAttributeAsync("data-tip", first[..8]);
        }

        foreach (var node in outside)
        {
            await Assertions.Expect(page.Peer(node.Id.Value)).ToHaveAttributeAsync("data-tip", second[..8]);
        }

        await page.GoAsync("Chain");
        foreach (var tip in new[] { first, second })
        {
            await Assertions.Expect(page.Page.Locator($"[data-block='{tip}'] .flag.tip")).ToBeVisibleAsync();
        }

        await page.GoAsync("Map");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Act" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Heal network 2" }).ClickAsync();
        await page.Page.GetByText("Done: network 2: connected again").WaitForAsync();
        await Network["5005"].Client.MineAsync(Stop);
        await ObservedNetwork.UntilAgreedAsync(Honest, 1, Stop);
        var one = (await TipAsync("5005"))[..8];
        foreach (var node in Honest)
        {
            await Assertions.Expect(page.Peer(node.Id.Value)).ToHaveAttributeAsync("data-tip", one);
        }
    }

    [Fact]
    public async Task Replay_OfTheLastMinutes_GoesBackIsSavedAndOpenedAgain()
    {
        await Network["5010"].Client.MineAsync(Stop);
        await ObservedNetwork.UntilAgreedAsync(Honest, 1, Stop);
        await using var page = await OpenAsync("/replay");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop here" }).ClickAsync();
        await page.Page.GetByText("The last minutes:").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Slider).FillAsync("0");
        var position = page.Page.Locator("[data-replay='position'] strong");
        var start = await position.TextContentAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await Assertions.Expect(position).Not.ToHaveTextAsync(start!);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();

        var saving = page.Page.WaitForDownloadAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Save the last minutes" }).ClickAsync();
        var file = await (await saving).PathAsync();
        Assert.StartsWith("""{"schema":"blockchain.events","version":1}""", await File.ReadAllTextAsync(file, Stop));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Back to the live network" }).ClickAsync();
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(file);
        await page.Page.Locator(".replaying").WaitForAsync();

        await page.Page.GetByRole(AriaRole.Slider).PressAsync("End");
        await page.GoAsync("Map");
        var tip = (await TipAsync("5010"))[..8];
        foreach (var node in Honest)
        {
            await Assertions.Expect(page.Peer(node.Id.Value)).ToHaveAttributeAsync("data-tip", tip);
        }
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesAPageABlockAndItsDetails()
    {
        foreach (var id in new[] { "5005", "5009" })
        {
            await Network[id].Client.MineAsync(Stop);
            await ObservedNetwork.UntilAgreedAsync(Honest, 1, Stop);
        }

        await using var page = await OpenAsync("/");
        await page.Page.Locator(".skip").FocusAsync();
        for (var i = 0; i < 2; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(page.Page.Locator(":focus")).ToHaveTextAsync("Chain");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator(".block-row").First.WaitForAsync();
        await Assertions.Expect(page.Page.Locator("h1:focus")).ToHaveTextAsync("Chain");

        // To the number of blocks, and to the list.
        for (var i = 0; i < 2; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        await page.Page.Keyboard.PressAsync("Space");
        await page.Page.Locator(".block-row.selected").First.WaitForAsync();
        var first = await page.Page.Locator(".block-row.selected").GetAttributeAsync("data-block");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Page.Locator(".block-row.selected")).Not.ToHaveAttributeAsync(
            "data-block", first!);
        var second = await page.Page.Locator(".block-row.selected").GetAttributeAsync("data-block");
        await Assertions.Expect(page.Page.Locator(".side h2")).ToContainTextAsync(second![..8]);
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Pages_OfAnyWidth_NeedNoSidewaysScrolling(int width, ColorScheme colours)
    {
        await using var page = await OpenAsync("/", width, 844, colours);
        foreach (var name in new[] { "Map", "Chain", "Propagation", "Replay" })
        {
            await page.GoAsync(name);
            Assert.True(await page.FitsItsWidthAsync(), $"{name} is wider than {width} px");
        }
    }

    private async Task<string> TipAsync(string id) => (await Network[id].Client.StatusAsync(Stop)).Tip!;

    private Task<WatchedPage> OpenAsync(
        string path, int width = 1280, int height = 800, ColorScheme colours = ColorScheme.Light) =>
        WatchedPage.OpenAsync(observed, path, width, height, colours);
}
