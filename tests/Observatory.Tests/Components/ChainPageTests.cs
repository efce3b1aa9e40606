using Blockchain.Observatory.Components.Pages;
using Blockchain.Observatory.Following;
using Blockchain.Shared;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.Observatory.Tests.Components;

public sealed class ChainPageTests
{
    [Fact]
    public void Chain_OfAFork_ShowsBothBranchesAndTheirPeers()
    {
        using var context = new PageContext();
        context.Tell(Fork());

        var page = context.Render<ChainPage>();

        Assert.Equal(
            ["c", "x", "b", "a"],
            page.FindAll(".block-row").Select(row => Name(row.GetAttribute("data-block")!)));
        Assert.Equal("2", page.Find(".verdict").GetAttribute("data-tips"));
        Assert.Equal(
            ["◀ tip of 5000, 5001", "◀ tip of 5002"], page.FindAll(
                ".flag.tip").Select(flag => flag.TextContent.Trim()));
        Assert.Single(page.FindAll(".edge:not(.main)"));
        Assert.Equal(2, page.FindAll(".edge.main").Count);
        Assert.Contains("↷ 1 joined", page.Find($"[data-block='{Story.Id("c")}']").TextContent,
            StringComparison.Ordinal);
        Assert.Contains("↶ left by 1", page.Find($"[data-block='{Story.Id("x")}']").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Block_Chosen_ShowsItsDetailsUntilTheyAreClosed()
    {
        using var context = new PageContext();
        context.Tell(Fork());
        var page = context.Render<ChainPage>();

        page.Find($"[data-block='{Story.Id("b")}'] input").Change("on");

        Assert.Equal(["5000", "5001"], page.FindAll(".arrivals tbody tr").Select(row => row.Children[0].TextContent));
        Assert.Equal("itself", page.Find(".arrivals tbody tr").Children[2].TextContent);
        var facts = page.Find(".side .facts").TextContent;
        Assert.Contains("5002", facts, StringComparison.Ordinal);
        Assert.Contains("by 5000", facts, StringComparison.Ordinal);
        page.Find(".side .facts button").Click();
        Assert.Contains(Story.Id("a").ToString()[..8], page.Find(".side h2").TextContent, StringComparison.Ordinal);
        page.Find(".close").Click();
        Assert.Empty(page.FindAll(".arrivals"));
    }

    [Fact]
    public void Block_WithTrouble_SaysWho()
    {
        using var context = new PageContext();
        context.Tell(Fork()
            .Tell(now => new BlockOrphaned(now, new("5000"), Story.Id("x"), Story.Id("a"), new("5002"), new("5002")))
            .Tell(now => new BlockRejected(now, new("5001"), Story.Id("x"), new("5002"), new("5002")))
            .Made("5002", "lie", "a", isFalse: true));
        var page = context.Render<ChainPage>();

        Assert.Contains("✕ false id", page.Find($"[data-block='{Story.Id("lie")}']").TextContent,
            StringComparison.Ordinal);
        var row = page.Find($"[data-block='{Story.Id("x")}']");
        Assert.Contains("⊘ refused by 1", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("… orphan at 1", row.TextContent, StringComparison.Ordinal);
        row.QuerySelector("input")!.Change("on");
        Assert.Equal(
            ["Missing at: 5000, 5001", "Orphan at: 5000", "Refused by: 5001"],
            page.FindAll(".side .facts div").Select(fact =>
                $"{fact.Children[0].TextContent}: {fact.Children[1].TextContent}")
                .Where(fact => fact.StartsWith("Missing", StringComparison.Ordinal)
                    || fact.StartsWith("Orphan", StringComparison.Ordinal)
                    || fact.StartsWith("Refused", StringComparison.Ordinal)));
    }

    [Fact]
    public void Chain_WhileTheNetworkGoesOn_Follows()
    {
        using var context = new PageContext();
        context.Tell(Fork());
        var page = context.Render<ChainPage>();

        context.Tell(new Story(2_000).Accepted("5000", "d", "c", 4, "5001", "5001"));

        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".block-row").Count));
    }

    [Fact]
    public void Chain_WithoutBlocks_SaysWhatItWaitsFor()
    {
        using var nobody = new PageContext();
        Assert.Contains("No peers are configured", nobody.Render<ChainPage>().Markup, StringComparison.Ordinal);

        using var context = new PageContext(null, "5000", "5001");
        Assert.Contains("first of 2 peers", context.Render<ChainPage>().Markup, StringComparison.Ordinal);
        context.Services.GetRequiredService<PeerConnections>()
            .Set(new PeerConnection(new("5001"), ConnectionState.Waiting, 1, "Connection refused"));
        Assert.Contains("Connection refused", context.Render<ChainPage>().Markup, StringComparison.Ordinal);
        context.Tell(new Story().Up("5000"));
        Assert.Contains("No block is known yet", context.Render<ChainPage>().Markup, StringComparison.Ordinal);
    }

    /// <summary>a - b - c of 5000, and x of 5002 upon a, which 5001 had before it went over.</summary>
    private static Story Fork() => new Story().Up("5000").Up("5001").Up("5002")
        .Made("5000", "a").Accepted("5000", "a", null, 1, "5000", "5000").Accepted("5002", "a", null, 1, "5000", "5000")
        .Accepted("5000", "b", "a", 2, "5000", "5000").Accepted("5001", "b", "a", 2, "5000", "5000")
        .Accepted("5002", "x", "a", 2, "5002", "5002")
        .Accepted("5000", "c", "b", 3, "5000", "5000")
        .Tell(now => new ChainReorganised(now, new("5001"), Story.Id("x"), Story.Id("c"), 1))
        .Tip("5000", "c", 3).Tip("5001", "c", 3).Tip("5002", "x", 2);

    private static string Name(string id) =>
        new[] { "a", "b", "c", "x" }.Single(name => Story.Id(name).ToString() == id);
}
