#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Text;
using Blockchain.Observatory.Recordings;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.Recordings;

public sealed class TapeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Recording_OverItsLimits_BeginsWithWhatWasBefore()
    {
        var recording = new Recording(limits: new RecordingLimits { Events = 2, Length = TimeSpan.FromMinutes(1) });
        var story = new Story().Up("5000").Up("5001").Made("5000", "a")
            .Accepted("5000", "a", null, 1, "5000", "5000").Tip("5000", "a", 1).Down("5001");
        foreach (var happened in story.Events)
        {
            recording.Add(happened.Time, happened);
        }

        var view = new ReplayView(recording.ToTape());

        Assert.Equal(2, recording.Count);
        Assert.True(view.Current.Peer(new PeerId("5001"))!.IsUp);
        Assert.Equal(1, view.Current.Peer(new PeerId("5000"))!.Height);
        Assert.Equal("5000", Assert.Single(view.Current.Block(Story.Id("a"))!.Arrivals).Peer.Value);
        view.Seek(view.Tape.End);
        Assert.False(view.Current.Peer(new PeerId("5001"))!.IsUp);
        Assert.True(view.IsAtEnd);
    }

    [Fact]
    public void Recording_OlderThanItsLength_Forgets()
    {
        var recording = new Recording(limits: new RecordingLimits { Length = TimeSpan.FromSeconds(10) });
        recording.Add(TimeSpan.FromSeconds(100), new PeerDown(TimeSpan.FromSeconds(100), new PeerId("5000")));
        recording.Add(TimeSpan.FromSeconds(111), new PeerDown(TimeSpan.FromSeconds(111), new PeerId("5001")));

        Assert.Equal(1, recording.Count);
    }

    [Fact]
    public void Recording_OfMuchTraffic_KeepsEveryCountInFewEvents()
    {
        var recording = new Recording();
        var story = new Story().Up("5000");
        for (var i = 0; i < 100; i++)
        {
            story.Wait(-0.99).Tell(now => new MessagesReceived(now, new PeerId("5000"), MessageType.Tx, 2))
                .Wait(-1).Tell(now => new MessagesDropped(now, new PeerId("5000"), MessageType.Tx, DropReason.Loss, 1))
                .Wait(-1).Tell(now => new MessagesRelayed(now, new PeerId("5000"), new PeerId("1"), new PeerId("2"), 3))
                .Wait(-1).RoundTripOnly("5000", "1");
        }

        foreach (var happened in story.Events)
        {
            recording.Add(happened.Time, happened);
        }

        var view = new ReplayView(recording.ToTape());
        view.Seek(view.Tape.End);

        Assert.InRange(recording.Count, 2, 10);
        Assert.True(view.Current.Peer(new PeerId("5000")) is { Received: 200, Dropped: 100, Relayed: 300 });
        Assert.Single(view.Current.Links);
    }

    [Fact]
    public void Recording_ToldOfThePast_PlacesItWhereItWasHeard()
    {
        var recording = new Recording();
        recording.Add(TimeSpan.FromSeconds(100), new PeerDown(TimeSpan.FromSeconds(100), new PeerId("5000")));
        recording.Add(TimeSpan.FromSeconds(99), new PeerDown(TimeSpan.FromSeconds(7), new PeerId("5001")));

        Assert.Equal([100, 100], recording.ToTape().Events.Select(recorded => recorded.At.TotalSeconds));
    }

    [Fact]
    public void Replay_BackAndForth_IsAlwaysTheStateOfThatTime()
    {
        var story = new Story().Up("5000").Up("5001").Down("5000").Up("5000").Down("5001");
        var view = new ReplayView(Of(story));

        foreach (var second in new[] { 1_004, 1_000, 1_002, 1_001, 1_003, 9_999, 0 })
        {
            view.Seek(TimeSpan.FromSeconds(second));
            var expected = Story.Fold(story.Events.Where(happened => happened.Time <= view.Position));
            Assert.Equal(
                expected.Peers.Select(peer => (peer.Id, peer.Presence)),
                view.Current.Peers.Select(peer => (peer.Id, peer.Presence)));
        }
    }

    [Fact]
    public async Task File_WrittenAndRead_IsTheSameTape()
    {
        var tape = Of(new Story().Up("5000").Switched("5000").Made("5000", "a").Tell(now =>
            new Remark(now, Remark.Everybody, "zwei\nZeilen")));
        using var file = new MemoryStream();

        await TapeFile.WriteAsync(tape, file, Stop);
        file.Position = 0;
        var read = await TapeFile.ReadAsync(file, 100, Stop);

        Assert.Equal(tape.Events, read.Events);
        Assert.StartsWith("""{"schema":"blockchain.events","version":1}""", Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public async Task File_OfARecordingOverItsLimits_HasEveryEventInItsPlace()
    {
        var recording = new Recording(limits: new RecordingLimits { Length = TimeSpan.FromSeconds(10) });
        var story = new Story().Up("5000").Up("5001").Made("5000", "a").Wait(3_600)
            .Accepted("5001", "a", null, 1, "5000", "5000").Down("5001");
        foreach (var happened in story.Events)
        {
            recording.Add(happened.Time, happened);
        }

        var tape = recording.ToTape();
        using var file = new MemoryStream();

        await TapeFile.WriteAsync(tape, file, Stop);
        file.Position = 0;
        var read = await TapeFile.ReadAsync(file, 100, Stop);

        Assert.Equal(TimeSpan.FromSeconds(1), tape.Length);
        Assert.Equal(tape.Events, read.Events);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[]", "first line")]
    [InlineData("{\"schema\":7}", "first line")]
    [InlineData("{\"schema\":\"blockchain.events\",\"version\":2}", "another version")]
    [InlineData("{\"schema\":\"blockchain.events\"}", "another version")]
    [InlineData("hello", "Line 1")]
    [InlineData("{\"schema\":\"blockchain.events\",\"version\":1}\n{\"kind\":\"peer-down\"}", "Line 2")]
    [InlineData("{\"schema\":\"blockchain.events\",\"version\":1}\n{]", "Line 2")]
    [InlineData("{\"schema\":\"blockchain.events\",\"version\":1}\n{\"kind\":\"peer-down\",\"t\":1,\"peer\":\"a\",\"at\":-1}", "Line 2")]
    public async Task File_NotOfEvents_IsRefusedWithTheLine(string text, string expected)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => TapeFile.ReadAsync(file, 100, Stop));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithUnknownKindsEmptyLinesAndTooMuch_IsReadAsFarAsItGoes()
    {
        const string Text = """
            {"schema":"blockchain.events","version":1}
            {"kind":"peer-danced","t":1,"peer":"5000"}

            {"kind":"peer-down","t":2,"peer":"5000"}
            {"kind":"peer-down","t":3,"peer":"5001"}
            {"kind":"peer-down","t":4,"peer":"5002"}
            """;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n")));

        var tape = await TapeFile.ReadAsync(file, 2, Stop);

        Assert.Equal(["5000", "5001"], tape.Events.Select(recorded => recorded.Event.Peer.Value));
    }

    private static Tape Of(Story story) =>
        new([.. story.Events.Select(happened => new RecordedEvent(happened.Time, happened))]);
}
