using Blockchain.Observatory.Measures;
using Blockchain.Observatory.Recordings;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.Measures;

public sealed class TapeOutlineTests
{
    [Fact]
    public void Outline_OfATape_SaysWhatIsWhere()
    {
        var story = new Story().Up("5000").Up("5001").Made("5000", "a").Down("5001")
            .Tell(now => new MessagesDropped(now, new PeerId("5000"), MessageType.Inv, DropReason.Loss, 7));
        story.Up("5001", started: story.Now);
        story.Tell(now => new Remark(now, Remark.Everybody, "all: mine")).Made("5000", "b").Wait(2).Made("5000", "c");
        var tape = new Tape([.. story.Events.Select(happened => new RecordedEvent(happened.Time, happened))]);

        var outline = TapeOutline.Of(tape, 10);

        Assert.Equal([2, 7, 9], Enumerable.Range(0, 10).Where(part => outline.Blocks[part] == 1));
        Assert.Equal(7, outline.Drops[4]);
        Assert.Equal(7, outline.Drops.Sum());
        Assert.Equal(["5001 went down", "5001 came up", "all: mine"], outline.Marks.Select(mark => mark.Text));
        Assert.Equal([3, 5, 6], outline.Marks.Select(mark => (mark.At - tape.Start).TotalSeconds));
    }

    [Fact]
    public void Outline_OfAMoment_HasNothing()
    {
        var outline = TapeOutline.Of(
            new Tape([new RecordedEvent(TimeSpan.Zero, new Story().Up("5000").Events[0])]), 10);

        Assert.Empty(outline.Marks);
        Assert.All(outline.Blocks, count => Assert.Equal(0, count));
    }
}
