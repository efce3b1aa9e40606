using Blockchain.Observatory.Components.Act;
using Blockchain.Shared;
using Bunit;

namespace Blockchain.Observatory.Tests.Components;

public sealed class ActPanelTests
{
    [Fact]
    public async Task Panel_WithoutKey_SaysWhyItIsOff()
    {
        await using var context = new PageContext();

        var panel = context.Render<ActPanel>(parameters => parameters.Add(panel => panel.State, Network().Fold()));

        Assert.Empty(panel.FindAll("button"));
        Assert.Contains("Observatory:Key", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_NobodyAnswers_TellsEachProblem()
    {
        await using var context = new PageContext("key");
        var panel = context.Render<ActPanel>(parameters => parameters
            .Add(panel => panel.State, Network().Fold())
            .Add(panel => panel.Selected, new PeerId("5000")));

        await panel.Find("button[aria-label='Pause']").ClickAsync(new());

        panel.WaitForAssertion(
            () => Assert.Contains("Not done: 5000: paused", panel.Find(".result").TextContent),
            TimeSpan.FromSeconds(20));
        Assert.NotEmpty(panel.FindAll(".problem"));
    }

    [Fact]
    public async Task Partition_OfEachNetwork_OffersWhatCanBeDone()
    {
        await using var context = new PageContext("key");

        var panel = context.Render<ActPanel>(parameters => parameters.Add(panel => panel.State, Network().Fold()));

        Assert.False(IsOff("Cut off the public network"));
        Assert.True(IsOff("Heal the public network"));
        Assert.True(IsOff("Cut off network 1"));
        Assert.False(IsOff("Heal network 1"));

        bool IsOff(string label) => panel.Find($"button[aria-label='{label}']").HasAttribute("disabled");
    }

    private static Story Network() => new Story().Up("5000").Up("5001", network: 1).Switched("5001", cutOff: true);
}
