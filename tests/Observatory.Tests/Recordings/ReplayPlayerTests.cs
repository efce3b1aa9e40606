using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Tests.Recordings;

public sealed class ReplayPlayerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ViewChoice _choice;
    private readonly ReplayPlayer _player;

    /// <summary>5001 goes down after four seconds of nine.</summary>
    private readonly Tape _tape = TapeOf(
        new Story().Up("5000").Up("5001").Wait(2).Down("5001").Wait(4).Down("5000"));

    public ReplayPlayerTests()
    {
        _choice = new ViewChoice(new LiveNetwork(_time));
        _player = new ReplayPlayer(_choice, _time);
    }

    public void Dispose()
    {
        _player.Dispose();
        _choice.Dispose();
    }

    [Fact]
    public void Player_Opened_ShowsThePlaceAndRests()
    {
        _player.Open(_tape, "story", _tape.End);

        Assert.False(_choice.IsLive);
        Assert.False(IsUp("5001"));
        _player.Seek(_tape.Start + TimeSpan.FromSeconds(2));
        Assert.True(IsUp("5001"));
        _time.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(_tape.Start + TimeSpan.FromSeconds(2), _player.Position);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(4)]
    public void Player_Playing_MovesAsFastAsItsSpeed(double speed)
    {
        _player.Open(_tape, "story", _tape.Start);
        _player.Speed = speed;
        _player.Play();

        _time.Pass(TimeSpan.FromSeconds(3 / speed));
        Assert.True(IsUp("5001"));
        Assert.Equal(3, (_player.Position - _tape.Start).TotalSeconds, 1.0 / 1_000);
        _time.Pass(TimeSpan.FromSeconds(1 / speed));

        Assert.False(IsUp("5001"));
        Assert.True(_player.IsPlaying);
    }

    [Fact]
    public void Player_AtTheEnd_RestsAndBeginsAgain()
    {
        _player.Open(_tape, "story", _tape.Start);
        _player.Play();
        _time.Pass(TimeSpan.FromMinutes(1));
        Assert.False(_player.IsPlaying);
        Assert.Equal(_tape.End, _player.Position);

        _player.Play();

        Assert.True(_player.IsPlaying);
        Assert.Equal(_tape.Start, _player.Position);
    }

    [Fact]
    public void Player_Paused_Rests()
    {
        _player.Open(_tape, "story", _tape.Start);
        _player.Play();
        _time.Pass(TimeSpan.FromSeconds(1));
        _player.Pause();
        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(_tape.Start + TimeSpan.FromSeconds(1), _player.Position);
    }

    [Fact]
    public void Player_Closed_ShowsTheLiveNetworkAndMovesNoMore()
    {
        _player.Open(_tape, "story", _tape.Start);
        _player.Play();
        var told = 0;
        _player.Changed += (_, _) => told++;

        _player.Close();
        _time.Pass(TimeSpan.FromSeconds(5));

        Assert.True(_choice.IsLive);
        Assert.Null(_player.Tape);
        Assert.Equal(1, told);
    }

    private static Tape TapeOf(Story story) =>
        new([.. story.Events.Select(happened => new RecordedEvent(happened.Time, happened))]);

    private bool IsUp(string peer) => _choice.Current.Peer(new PeerId(peer))!.IsUp;
}
