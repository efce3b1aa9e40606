using Blockchain.Observatory.Components.Pages;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.Recordings;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.Observatory.Tests.Components;

public sealed class MessagesPageTests
{
    [Fact]
    public void Page_AtFirst_SaysWhatToDoAndHasTheSwitchOff()
    {
        using var context = new PageContext();

        var page = context.Render<MessagesPage>();

        Assert.Equal("false", page.Find("[role=switch]").GetAttribute("aria-checked"));
        Assert.Contains("Turn single messages on", page.Find(".empty").TextContent, StringComparison.Ordinal);
        page.Find("form").Submit();
        page.WaitForAssertion(
            () => Assert.Contains("No single messages", page.Find(".problem").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Switch_Clicked_AsksTheNodesUntilItIsClickedAgain()
    {
        using var context = new PageContext();
        var page = context.Render<MessagesPage>();
        var messages = context.Services.GetRequiredService<MessageSwitch>();

        page.Find("[role=switch]").Click();
        Assert.True(messages.IsOn);
        Assert.Equal("true", page.Find("[role=switch]").GetAttribute("aria-checked"));

        page.Find("[role=switch]").Click();
        Assert.False(messages.IsOn);
    }

    [Fact]
    public void Draw_OfTheSlowestBlock_ShowsTheDiagramAndTheSplitOfTheWay()
    {
        using var context = new PageContext();
        context.Tell(TwoPeers());
        var page = context.Render<MessagesPage>();

        page.Find("form").Submit();

        page.WaitForElement(".diagram svg");
        Assert.Equal(2, page.FindAll(".diagram svg .names text").Count);
        Assert.NotEmpty(page.FindAll(".diagram svg .cross"));
        Assert.Contains("How 5001 got it: 6.00 s", page.Markup, StringComparison.Ordinal);
        Assert.Contains("4.00 s", page.Find("[data-kind='Loss']").TextContent, StringComparison.Ordinal);
        Assert.Contains("BLOCK from 5000 to 5001 was lost", page.Find("table").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zzz", "", "", "No block and no transaction is told of")]
    [InlineData("", "5009", "", "There is no peer 5009")]
    public void Draw_OfWhatIsNotThere_SaysSo(string subject, string peers, string span, string expected)
    {
        using var context = new PageContext();
        context.Tell(TwoPeers());
        var page = context.Render<MessagesPage>();

        page.FindAll("form input")[0].Change(subject);
        page.FindAll("form input")[1].Change(peers);
        page.FindAll("form select")[0].Change(span);
        page.Find("form").Submit();

        page.WaitForAssertion(
            () => Assert.Contains(expected, page.Find(".problem").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Recording_ThatIsOpened_IsDrawnAtOnceWithoutASwitch()
    {
        using var context = new PageContext();
        var story = TwoPeers();
        var tape = new Tape([.. story.Events.Select(happened => new RecordedEvent(happened.Time, happened))]);
        context.Services.GetRequiredService<ReplayPlayer>().Open(tape, "a file", tape.End);

        var page = context.Render<MessagesPage>();

        page.WaitForElement(".diagram svg");
        Assert.Empty(page.FindAll("[role=switch]"));
        page.FindAll("form select")[0].Change("5");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("All messages of 5.00 s", page.Markup, StringComparison.Ordinal));
    }

    /// <summary>A second between two events: the first BLOCK is lost, the second arrives.</summary>
    private static Story TwoPeers()
    {
        var (maker, getter) = (new PeerId("5000"), new PeerId("5001"));
        var block = Story.Id("b");
        MessageTraced Message(
            TimeSpan now, PeerId at, PeerId other, MessageStage stage, int id, DropReason? reason = null) => new(
            now, at, stage, other, MessageType.Block, new MessageId((UInt128)id), [block], null, reason);
        return new Story().Up("5000").Up("5001")
            .Tell(now => Message(now, maker, getter, MessageStage.Sent, 7))
            .Tell(now => new BlockMade(now, maker, block, Hash256.Genesis, 0, IsFalse: false))
            .Tell(now => Message(now, maker, getter, MessageStage.Dropped, 1, DropReason.Loss))
            .Wait(3)
            .Tell(now => Message(now, maker, getter, MessageStage.Sent, 1))
            .Tell(now => Message(now, getter, maker, MessageStage.Received, 1))
            .Wait(-1)
            .Tell(now => new BlockAccepted(
                now, getter, block, Hash256.Genesis, 1, maker, now - TimeSpan.FromSeconds(6), maker));
    }
}
