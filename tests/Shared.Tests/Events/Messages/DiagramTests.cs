using System.Xml.Linq;
using Blockchain.Events.Diagrams;
using Blockchain.Events.Messages;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Events.Messages;

public sealed class DiagramTests
{
    private static readonly string[] Names = ["a", "b", "5007", "<&>\"'", "\u0001\ud800x", new('n', 300)];

    [Fact]
    public void Diagram_OfALateBlock_ShowsTheWayAndItsSplit()
    {
        var diagram = SpaceTimeDiagram.Of(
            MessageHistory.Of(Talk.OfALateBlock().Events), new MessageSelection { Subject = Talk.Block });

        var svg = XElement.Parse(diagram.ToSvg());

        Assert.Equal(["a", "b"], Of(svg, "name").Where(text => text.Parent!.Attribute("class")!.Value == "names")
            .Select(text => text.Value));
        Assert.Equal(3, Of(svg, "arrow").Count(arrow => Has(arrow, "way")));
        Assert.Contains("How b got it: 1.06 s", svg.Value, StringComparison.Ordinal);
        Assert.Contains("loss and retry 640 ms", Of(svg, "label").Select(label => label.Value));
        Assert.Equal(2, Of(svg, "dot").Count());
        Assert.Contains("prefers-color-scheme: dark", svg.Value, StringComparison.Ordinal);
        Assert.Contains("@media print { .space-time { width: 100%;", svg.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme", diagram.ToSvg(isPartOfPage: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Diagram_OfAnything_IsWellFormedWithACrossForEachLostMessage() =>
        Gen.Select(
                Gen.Int[0, Names.Length - 1], Gen.Int[0, Names.Length - 1], Gen.Enum<MessageType>(),
                Gen.Int[0, 5_000], Gen.Bool)
            .Array[0, 60]
            .Sample(told =>
            {
                var talk = new Talk().Made(0, Names[0]);
                var lost = 0;
                foreach (var (from, to, type, at, isLost) in told.Where(one => one.Item1 != one.Item2))
                {
                    lost += isLost ? 1 : 0;
                    _ = isLost
                        ? talk.Lost(Names[from], Names[to], type, lost, at)
                        : talk.Sent(Names[from], Names[to], type, 1_000 + at, at, at + 5, at + 60);
                }

                var history = MessageHistory.Of(talk.Events);
                var diagram = SpaceTimeDiagram.Of(history, new MessageSelection());

                var svg = XElement.Parse(diagram.ToSvg());

                Assert.Equal(lost, history.Arrows.Count(arrow => arrow.End == ArrowEnd.Lost));
                Assert.Equal(2 * lost, Of(svg, "cross").Count());
                Assert.Equal(history.Arrows.Count, Of(svg, "arrow").Count(arrow => !Has(arrow.Parent!, "legend")));
            });

    [Fact]
    public void Scale_WithALongSilence_DrawsItShortAndKeepsTheOrder()
    {
        TimeSpan[] times = [.. Enumerable.Range(0, 20).Select(Second), .. Enumerable.Range(980, 20).Select(Second)];

        var scale = new TimeScale(Second(0), Second(1_000), times, 500);

        Assert.Single(scale.Breaks);
        Assert.Equal((0, 500), (scale.Y(Second(0)), Math.Round(scale.Y(Second(1_000)))));
        var heights = Enumerable.Range(0, 1_001).Select(second => scale.Y(Second(second))).ToArray();
        Assert.Equal(heights.Order(), heights);
        Assert.True(scale.Y(Second(20)) > 40, $"{scale.Y(Second(20))}");
    }

    [Fact]
    public void Scale_WithNearlyAllAtTheBegin_GivesItHalfOfTheHeight()
    {
        var times = Enumerable.Range(0, 400).Select(i => Second(i < 380 ? i / 20 : i * 2)).ToArray();

        var scale = new TimeScale(Second(0), Second(1_000), times, 1_000);

        Assert.True(scale.Y(Second(20)) > 400, $"{scale.Y(Second(20))}");
        var ticks = scale.Ticks(Second(0), 30).Select(tick => scale.Y(Second(0) + tick)).ToArray();
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 30));
        Assert.InRange(ticks.Length, 10, 33);
    }

    /// <summary>For people who see fewer colours, and on paper.</summary>
    [Fact]
    public void Marks_HaveALetterAndADashEach()
    {
        Assert.Equal(MessageMark.All.Length, MessageMark.All.Select(mark => mark.Letter).Distinct().Count());
        Assert.All(Enum.GetValues<MessageType>(), type => Assert.Contains(MessageMark.Of(type), MessageMark.All));
    }

    private static TimeSpan Second(int second) => TimeSpan.FromSeconds(second);

    private static IEnumerable<XElement> Of(XElement svg, string style) =>
        svg.Descendants().Where(element => Has(element, style));

    private static bool Has(XElement element, string style) =>
        element.Attribute("class")?.Value.Split(' ').Contains(style) == true;
}
