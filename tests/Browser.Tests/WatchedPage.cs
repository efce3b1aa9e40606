using Microsoft.Playwright;

namespace Blockchain.Browser.Tests;

/// <summary>A page in a browser, and all that went wrong in it. Whoever disposes of it learns of that.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _problems = [];
    private readonly IBrowserContext _context;

    private WatchedPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) => Note(message.Type is "error" or "warning",
            $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        // A stream that the page itself ends when it is left is no failure.
        page.RequestFailed += (_, request) => Note(
            request.Failure != "net::ERR_ABORTED", $"failed: {request.Url} {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status}: {response.Url}");
    }

    public IPage Page { get; }

    public static async Task<WatchedPage> OpenAsync(
        ObservedNetwork observed, string path, int width, int height, ColorScheme colours)
    {
        ArgumentNullException.ThrowIfNull(observed);
        var context = await observed.Browser.NewContextAsync(new()
        {
            StorageState = observed.Session,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = new WatchedPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(observed.Local.Observatory!.Url, path).ToString());
        await page.UntilInteractiveAsync();
        return page;
    }

    /// <summary>Goes to another page of the Observatory by its navigation.</summary>
    public async Task GoAsync(string name)
    {
        await Page.GetByRole(AriaRole.Navigation).GetByRole(
            AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Page.Locator("h1", new() { HasText = name }).WaitForAsync();
    }

    public ILocator Peer(string id) => Page.Locator($"svg.map [data-peer='{id}']");

    public Task UntilAsync(string condition, object? argument = null) =>
        Page.WaitForFunctionAsync(condition, argument);

    public async Task<bool> FitsItsWidthAsync() => await Page.EvaluateAsync<bool>(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");

    public async ValueTask DisposeAsync()
    {
        string[] problems;
        lock (_problems)
        {
            problems = [.. _problems];
        }

        await _context.DisposeAsync();
        Assert.Empty(problems);
    }

    /// <summary>A page that was only rendered would not hear a click yet.</summary>
    private Task UntilInteractiveAsync() =>
        UntilAsync("() => document.querySelector('main[aria-busy=false]') !== null");

    private void Note(bool isProblem, string text)
    {
        if (!isProblem)
        {
            return;
        }

        lock (_problems)
        {
            _problems.Add(text);
        }
    }
}
