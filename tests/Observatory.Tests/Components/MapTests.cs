using Blockchain.Observatory.Components.Map;
using Blockchain.Observatory.Components.Pages;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.Observatory.Tests.Components;

public sealed class MapTests : IAsyncDisposable
{
    private readonly PageContext _context = new(null, "5000", "5001");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    [Fact]
    public void Map_OfANetwork_HasEveryPeerByNameStateAndTip()
    {
        var map = Render(Network());

        Assert.Equal(
            ["5000 up " + Tip("a"), "5001 up " + Tip("b"), "5002 down ", "5003 paused "],
            map.FindAll("[data-peer]").Select(peer =>
                $"{peer.GetAttribute("data-peer")} {peer.GetAttribute("data-state")} "
                + (peer.GetAttribute("data-state") == "up" ? peer.GetAttribute("data-tip") : "")));
        Assert.All(map.FindAll("[data-peer]"), peer => Assert.StartsWith("Peer ", peer.GetAttribute("aria-label")));
        Assert.Single(map.FindAll("[data-peer][tabindex='0']"));
        Assert.NotEqual(
            SlotOf(map.Find("[data-peer='5000']").ClassName), SlotOf(map.Find("[data-peer='5001']").ClassName));
        Assert.Equal("true", map.Find("[data-network='1']").GetAttribute("data-cut"));
    }

    [Fact]
    public void Act_InAReplay_IsOffUntilTheNetworkIsLiveAgain()
    {
        using var context = new PageContext("key", "5000");
        context.Tell(new Story().Up("5000"));
        var player = context.Services.GetRequiredService<ReplayPlayer>();
        var page = context.Render<MapPage>();
        page.FindAll("[role=tab]").Single(tab => tab.TextContent.Contains("Act", StringComparison.Ordinal)).Click();
        page.WaitForElement("button[aria-label='Pause']");

        var tape = context.Live.Record();
        player.Open(tape, "The last minutes", tape.End);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("button[aria-label='Pause']")));
        Assert.Contains("in a replay", page.Find(".empty[role=status]").TextContent, StringComparison.Ordinal);
        player.Close();
        page.WaitForElement("button[aria-label='Pause']");
    }

    [Fact]
    public void Peer_ClickedTwice_IsSelectedAndNotAnyMore()
    {
        var chosen = new List<PeerId?>();
        var map = _context.Render<NetworkMap>(parameters => parameters
            .Add(map => map.State, Network().Fold())
            .Add(map => map.SelectedChanged, chosen.Add));

        map.Find("[data-peer='5001']").Click();
        map.Render(parameters => parameters.Add(map => map.Selected, new PeerId("5001")));
        Assert.Equal("true", map.Find("[data-peer='5001']").GetAttribute("aria-pressed"));
        map.Find("[data-peer='5001']").Click();

        Assert.Equal([new PeerId("5001"), null], chosen);
    }

    [Fact]
    public void Peer_ThatLooksTheSame_IsNotDrawnAgain()
    {
        var story = Network();
        var map = Render(story);
        var glyphs = map.FindComponents<PeerGlyph>();
        var before = glyphs.Select(glyph => glyph.RenderCount).ToArray();

        map.Render(parameters => parameters.Add(map => map.State, story.Tip("5000", "b", 1).Fold()));

        Assert.Equal(
            ["5000"],
            glyphs.Where((glyph, i) => glyph.RenderCount > before[i]).Select(glyph => glyph.Instance.Mark.Id.Value));
    }

    [Fact]
    public void Block_ThatArrives_IsSentToTheScriptOnce()
    {
        var story = Network();
        var map = Render(story);
        var script = _context.JSInterop;
        Assert.DoesNotContain(script.Invocations, call => call.Identifier == "pulse");

        story.Accepted("5000", "c", "a", 2, "5001", "5001");
        map.Render(parameters => parameters.Add(map => map.State, story.Fold()));
        map.Render(parameters => parameters.Add(map => map.State, story.Switched("5000").Fold()));

        var call = Assert.Single(script.Invocations, call => call.Identifier == "pulse");
        var pulse = Assert.Single(Assert.IsType<object[][]>(call.Arguments[0]));
        Assert.Equal(["5001", "5000"], pulse[..2]);
    }

    [Fact]
    public void Map_WhosePeersGoAndComeBack_StartsItsScriptOncePerDrawing()
    {
        var story = Network();
        var map = Render(story);

        map.Render(parameters => parameters.Add(map => map.State, story.Switched("5000").Fold()));
        map.Render(parameters => parameters.Add(map => map.State, NetworkState.Empty));
        Assert.Single(_context.JSInterop.Invocations, call => call.Identifier == "stop");
        map.Render(parameters => parameters.Add(map => map.State, story.Fold()));

        Assert.Equal(2, _context.JSInterop.Invocations.Count(call => call.Identifier == "start"));
    }

    [Fact]
    public void Page_WhileNobodyAnswers_SaysWhomItWaitsFor()
    {
        _context.Services.GetRequiredService<PeerConnections>().Set(
            new PeerConnection(new PeerId("5001"), ConnectionState.Waiting, 4, "Connection refused"));

        var page = _context.Render<MapPage>();

        Assert.Contains("Waiting for peer-5000, peer-5001", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("Connection refused (4 attempts)", Words(page.Find(".notice").TextContent));
        Assert.Equal(2, page.FindAll("[data-state='unknown']").Count);
    }

    [Fact]
    public void Page_WhenSomethingHappens_ShowsIt()
    {
        var page = _context.Render<MapPage>();

        _context.Tell(Network());

        page.WaitForAssertion(
            () => Assert.StartsWith("3", page.Find("[data-summary='up']").TextContent, StringComparison.Ordinal),
            TimeSpan.FromSeconds(20));
        Assert.Equal("2", page.Find("[data-summary='tips']").TextContent);
    }

    [Fact]
    public void Page_PeerChosen_ShowsWhatItIs()
    {
        _context.Tell(Network());
        var page = _context.Render<MapPage>();

        page.Find("[data-peer='5001']").Click();

        var facts = Words(page.Find(".facts").TextContent);
        Assert.Contains("full, public, the public network", facts, StringComparison.Ordinal);
        Assert.Contains("height 1, tip " + Tip("b"), facts, StringComparison.Ordinal);
        Assert.Contains("up, malicious", facts, StringComparison.Ordinal);
    }

    private static Story Network() => new Story()
        .Up("5000").Up("5001").Up("5002").Down("5002").Up("5003", nat: true, network: 1)
        .Switched("5001", malicious: true).Switched("5003", paused: true, cutOff: true)
        .Accepted("5000", "a", null, 1, "5000", "5000").Tip("5000", "a", 1)
        .Accepted("5001", "b", null, 1, "5001", "5001").Tip("5001", "b", 1);

    private static string Tip(string block) => BlockState.ShortOf(Story.Id(block));

    private static string? SlotOf(string? classes) => classes?.Split(' ').Single(name => name.StartsWith("slot-"));

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<NetworkMap> Render(Story story) =>
        _context.Render<NetworkMap>(parameters => parameters.Add(map => map.State, story.Fold()));
}
