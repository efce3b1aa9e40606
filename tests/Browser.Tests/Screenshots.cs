using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Blockchain.Browser.Tests;

/// <summary>
/// Makes the pictures of the README anew: <c>dotnet run --project tests/Browser.Tests -- -explicit only</c>, with the
/// folder for them in <c>SCREENSHOTS</c>. Two minutes of a network in which people do things.
/// </summary>
public sealed class Screenshots(LivingNetwork observed) : IClassFixture<LivingNetwork>
{
    private const int Narrow = 390;

    [Fact(Explicit = true)]
    public async Task Pages_OfALivingNetwork_AreKeptAsPictures()
    {
        Assert.SkipWhen(Chromium.Executable is null, Chromium.WhyNot);
        var folder = Environment.GetEnvironmentVariable("SCREENSHOTS")
            ?? Directory.CreateTempSubdirectory("screenshots-").FullName;
        await using var page = await OpenAsync("/", 1280, 800, ColorScheme.Light);
        await using var phone = await OpenAsync("/", Narrow, 844, ColorScheme.Dark);
        await using var messages = await OpenAsync("/messages", 1280, 860, ColorScheme.Light);
        await messages.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await UntilHeightAsync(page, 12);
        await ActAsync(page, "Cut off network 2");
        await UntilHeightAsync(page, 16);
        await ActAsync(page, "Heal network 2");
        await UntilHeightAsync(page, 24);

        await page.Peer("5005").ClickAsync();
        await page.Page.Locator(".tables tbody tr").First.WaitForAsync();
        await SaveAsync(page, folder, "map");
        await SaveAsync(phone, folder, "phone");
        await page.GoAsync("Chain");
        await page.Page.Locator(".block-row.aside:has-text('9/9')").First.ClickAsync();
        await page.Page.Locator(".arrivals tbody tr").First.WaitForAsync();
        await SaveAsync(page, folder, "chain");
        await page.GoAsync("Propagation");
        await Assertions.Expect(page.Page.Locator(".chart .rz-legend")).ToHaveCountAsync(3);
        await SaveAsync(page, folder, "propagation");
        await messages.Page.Locator("form button[type=submit]").ClickAsync();
        await messages.Page.Locator(".diagram svg").WaitForAsync();
        await messages.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await SaveAsync(messages, folder, "messages");
        await page.GoAsync("Replay");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop here" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ten seconds back" }).ClickAsync();
        await page.Page.Locator(".outline-marks").WaitForAsync();
        await SaveAsync(page, folder, "replay");
    }

    private static async Task UntilHeightAsync(WatchedPage page, int height)
    {
        var watch = Stopwatch.StartNew();
        var shown = page.Page.Locator("[data-summary='height']");
        while (int.Parse(await shown.InnerTextAsync(), CultureInfo.InvariantCulture) < height)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"Not at height {height} within two minutes.");
            await page.Page.WaitForTimeoutAsync(500);
        }
    }

    private static async Task ActAsync(WatchedPage page, string button)
    {
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Act" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.Page.GetByText("Done: network 2").WaitForAsync();
    }

    private static async Task SaveAsync(WatchedPage page, string folder, string name) =>
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"observatory-{name}.png") });

    private Task<WatchedPage> OpenAsync(string path, int width, int height, ColorScheme colours) =>
        WatchedPage.OpenAsync(observed, path, width, height, colours);
}
