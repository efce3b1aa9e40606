using Blockchain.Observatory.Components;
using Blockchain.Observatory.Components.Pages;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Bunit;

namespace Blockchain.Observatory.Tests.Components;

public sealed class PropagationPageTests
{
    [Fact]
    public void Propagation_OfBlocks_HasFiguresTablesAndRemarks()
    {
        using var context = new PageContext();
        var story = new Story().Up("5000").Up("5001").Up("5002");
        var made = story.Now;
        story.Made("5000", "a");
        foreach (var (peer, delay) in new[] { ("5000", 0.0), ("5001", 0.5), ("5002", 2.25) })
        {
            story.Tell(_ => new BlockAccepted(
                made + TimeSpan.FromSeconds(delay), new(peer), Story.Id("a"), Hash256.Genesis, 1, new(
                    "5000"), made, new("5000")));
        }

        context.Tell(story
            .Tell(now => new MessagesReceived(now, new("5000"), MessageType.Inv, 30))
            .Tell(now => new MessagesRedundant(now, new("5000"), MessageType.Inv, 20))
            .Tell(now => new MessagesDropped(now, new("5000"), MessageType.Inv, DropReason.QueueFull, 50))
            .Tell(now => new Remark(now, Remark.Everybody, "all peers: mine a block"))
            .Wait(10)
            .Tell(now => new MessagesReceived(now, new("5000"), MessageType.Ping, 1)));

        var page = context.Render<PropagationPage>();

        Assert.Equal("0.50 s", page.Find("[data-measure='half']").TextContent);
        Assert.Equal("2.25 s", page.Find("[data-measure='all']").TextContent);
        Assert.Equal("3.00", page.Find("[data-measure='copies']").TextContent);
        Assert.Equal(3, page.FindAll("svg.rz-chart, .rz-chart").Count);
        Assert.Equal("5002", page.Find("[data-table='slow'] tbody tr").Children[0].TextContent);
        Assert.EndsWith(
            "3/3", page.Find("[data-table='blocks'] tbody tr").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("queue full", page.Find(".as-table").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll(".remark-notes"), notes =>
            Assert.Contains("mine a block", notes.TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll(".remark-notes").Count);
    }

    [Fact]
    public void Propagation_OfBlocksThatMostlyDidNotReachAll_DoesNotSpeakOfTheOthersOnly()
    {
        using var context = new PageContext();
        var story = new Story().Up("5000").Up("5001").Up("5002");
        foreach (var (name, reached) in new[] { ("a", 3), ("b", 2), ("c", 2) })
        {
            var made = story.Now;
            story.Made("5000", name);
            for (var i = 0; i < reached; i++)
            {
                var (peer, at) = (new PeerId($"500{i}"), made + TimeSpan.FromSeconds(i));
                story.Tell(_ => new BlockAccepted(
                    at, peer, Story.Id(name), Hash256.Genesis, 1, new("5000"), made, new("5000")));
            }
        }

        context.Tell(story);

        var page = context.Render<PropagationPage>();

        Assert.Equal("1.00 s", page.Find("[data-measure='half']").TextContent);
        Assert.Equal("–", page.Find("[data-measure='all']").TextContent);
        Assert.Equal("5002", page.Find("[data-table='slow'] tbody tr").Children[0].TextContent);
    }

    [Fact]
    public void Propagation_WithoutBlocks_SaysSo()
    {
        using var context = new PageContext();
        context.Tell(new Story().Up("5000"));

        Assert.Contains(
            "No block of an honest peer", context.Render<PropagationPage>().Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, "0.00 s")]
    [InlineData(9.994, "9.99 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(125.0, "2:05")]
    [InlineData(3_725.0, "1:02:05")]
    [InlineData(null, "–")]
    public void Delay_OfAnyLength_IsReadable(double? seconds, string expected) =>
        Assert.Equal(expected, Times.Delay(seconds is { } some ? TimeSpan.FromSeconds(some) : null));

    [Fact]
    public void Clock_OfDatesAndSimulations_IsReadable()
    {
        Assert.Equal("14:03:59", Times.Clock(new DateTime(2026, 11, 23, 14, 3, 59) - DateTime.UnixEpoch));
        Assert.Equal("2:05", Times.Clock(TimeSpan.FromSeconds(125)));
        Assert.Equal(DateTime.UnixEpoch, Times.Date(TimeSpan.FromSeconds(-1)));
    }
}
