using System.Net;

namespace Blockchain.Observatory.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    [InlineData("/app.css")]
    [InlineData("/_content/Radzen.Blazor/css/standard-base.css")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task Host_InProduction_ServesPagesAndAssets(string path)
    {
        await using var app = ObservatoryHost.Build(["--urls", "http://127.0.0.1:0", "--environment", "Production"]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
