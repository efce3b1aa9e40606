using System.Globalization;
using Microsoft.Playwright;

namespace Blockchain.Browser.Tests;

/// <summary>The page of single messages in a real browser, beside a network of real processes.</summary>
public sealed class MessagesPageTests(ObservedNetwork observed) : IClassFixture<ObservedNetwork>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Block_MadeWhileSingleMessagesAreOn_IsDrawnAndCanBeLookedAtCloser(ColorScheme colours)
    {
        Assert.SkipWhen(Chromium.Executable is null, Chromium.WhyNot);
        await using var page = await WatchedPage.OpenAsync(observed, "/messages", 1280, 900, colours);
        var turn = page.Page.GetByRole(AriaRole.Switch);
        if (await turn.GetAttributeAsync("aria-checked") == "false")
        {
            await turn.ClickAsync();
        }

        await Assertions.Expect(turn).ToHaveAttributeAsync("aria-checked", "true");
        await DrawAfterMiningAsync(page);

        var diagram = page.Page.Locator(".diagram");
        await Assertions.Expect(diagram.Locator("svg .names text")).ToHaveCountAsync(observed.Local.Nodes.Count);
        Assert.NotEqual(0, await diagram.Locator("svg .arrow.way").CountAsync());
        await Assertions.Expect(page.Page.Locator(".path-sums li").First).ToBeVisibleAsync();
        await SaveAsync(page, $"messages-{colours}".ToLowerInvariant());

        var whole = await WidthAsync(page);
        await diagram.HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -240);
        await page.UntilAsync($"() => {WidthOfView} < {Text(whole * 0.9)}");
        await diagram.FocusAsync();
        await page.Page.Keyboard.PressAsync("+");
        await page.UntilAsync($"() => {WidthOfView} < {Text(whole * 0.7)}");
        await SaveAsync(page, $"messages-closer-{colours}".ToLowerInvariant());
        await page.Page.Keyboard.PressAsync("0");
        await page.UntilAsync($"() => {WidthOfView} >= {Text(whole * 0.99)}");
        Assert.True(await page.FitsItsWidthAsync());
        await turn.ClickAsync();
        await Assertions.Expect(turn).ToHaveAttributeAsync("aria-checked", "false");
    }

    private const string WidthOfView =
        "Number(document.querySelector('.diagram svg').getAttribute('viewBox').split(' ')[2])";

    private static Task<double> WidthAsync(WatchedPage page) => page.Page.EvaluateAsync<double>($"() => {WidthOfView}");

    private static string Text(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>
    /// The streams take a moment to begin: blocks are made until one of them is told with its messages.
    /// </summary>
    private async Task DrawAfterMiningAsync(WatchedPage page)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await observed.Local["5005"].Client.MineAsync(TestContext.Current.CancellationToken);
            await page.Page.WaitForTimeoutAsync(1_500);
            await page.Page.Locator("form button[type=submit]").ClickAsync();
            await Assertions.Expect(page.Page.Locator("form button[type=submit]")).ToBeEnabledAsync();
            if (await page.Page.Locator(".diagram svg").CountAsync() > 0)
            {
                return;
            }
        }

        Assert.Fail(await page.Page.Locator("main").InnerTextAsync());
    }

    /// <summary>For people, if they have said where.</summary>
    private static async Task SaveAsync(WatchedPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
