using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Tests.State;

public sealed class ViewChoiceTests
{
    [Fact]
    public async Task Choice_OfARecording_HearsThatOneOnlyUntilItIsLiveAgain()
    {
        await using var live = new LiveNetwork(TimeProvider.System);
        using var choice = new ViewChoice(live);
        var told = new Story().Up("1").Events[0];
        var replay = new ReplayView(new Tape([new RecordedEvent(told.Time, told)]));
        var heard = 0;
        choice.Changed += (_, _) => heard++;

        choice.Show(replay);
        replay.Seek(replay.Tape.End);
        var shown = choice.Current;
        choice.ShowLive();
        replay.Seek(replay.Tape.Start);

        Assert.Equal(3, heard);
        Assert.NotNull(shown.Peer(new PeerId("1")));
        Assert.True(choice.IsLive);
        Assert.Empty(choice.Current.Peers);
    }

    [Fact]
    public async Task Live_ManyEventsAtOnce_AreToldOfTogether()
    {
        await using var live = new LiveNetwork(TimeProvider.System);
        using var told = new SemaphoreSlim(0);
        live.Changed += (_, _) => told.Release();
        foreach (var happened in new Story().Up("1").Up("2").Up("3").Events)
        {
            live.Add(happened);
        }

        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        Assert.Equal(3, live.Current.Peers.Length);
        Assert.Equal(3, live.Record().Events.Length);
    }
}
