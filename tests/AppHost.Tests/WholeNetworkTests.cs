using System.Net;
using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;
using Blockchain.AppHost.Network;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>What a running application has for the whole network.</summary>
[Collection(AspireRunGroup.Name)]
public sealed class WholeNetworkTests(AspireRun run)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Observatory_OfARun_IsHealthyAndAnswers()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await run.Aspire.App.ResourceNotifications
            .WaitForResourceHealthyAsync(ServiceNames.Observatory, deadline.Token);
        using var http = run.Aspire.App.CreateHttpClient(ServiceNames.Observatory, Names.Http);
        using var stranger = await http.GetAsync(new Uri("/", UriKind.Relative), deadline.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);

        Assert.True(run.Aspire.App.ResourceNotifications.TryGetCurrentState(ServiceNames.Observatory, out var state));
        var link = Assert.Single(state.Snapshot.Urls, url => url.Url.Contains("/login?t=", StringComparison.Ordinal));
        using var answer = await http.GetAsync(new Uri(link.Url), deadline.Token);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task ScrapeList_OfARun_HasThePeersThatRun()
    {
        // Other tests of the run stop peers and start them again.
        await Eventually.HoldsAsync(
            "the list is right", IsRight, Deadline, async () => (await ReadAsync()).ToJsonString());

        async Task<bool> IsRight()
        {
            var listed = (await ReadAsync()).Select(item => item!["targets"]![0]!.GetValue<string>()).ToHashSet();
            return run.Network.Nodes.All(node => node.IsRunning == listed.Contains(node.Client.Url.Authority));
        }
    }

    private async Task<JsonArray> ReadAsync()
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(run.Aspire.ScrapeFolder, "targets.json"), TestContext.Current.CancellationToken);
        return JsonNode.Parse(text)!.AsArray();
    }
}
