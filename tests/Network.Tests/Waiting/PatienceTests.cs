using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests.Waiting;

/// <summary>When waiting is given up; the clock is the test's.</summary>
public sealed class PatienceTests
{
    private readonly Patience _patience = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));

    [Fact]
    public void GiveUp_NothingChanges_NotBeforeTheQuietTimeIsOver()
    {
        Assert.Null(GiveUp(1, "height 4"));
        Assert.Null(GiveUp(5, "height 4"));
        Assert.Null(GiveUp(10.9, "height 4"));
        Assert.Equal("nothing has changed for 10 s", GiveUp(11, "height 4"));
    }

    [Fact]
    public void GiveUp_SomethingChanges_BeginsTheQuietTimeAnew()
    {
        for (var second = 0; second < 50; second += 9)
        {
            Assert.Null(GiveUp(second, $"height {second}"));
        }

        Assert.Null(GiveUp(46, "height 45"));
        Assert.Null(GiveUp(54, "height 45"));
        Assert.NotNull(GiveUp(55, "height 45"));
    }

    [Fact]
    public void GiveUp_ChangeThereAndBack_IsAChange()
    {
        GiveUp(0, "peer up");
        GiveUp(6, "peer down");
        Assert.Null(GiveUp(12, "peer up"));
        Assert.Null(GiveUp(21, "peer up"));
    }

    [Fact]
    public void GiveUp_MachineIsBusy_CountsTheTimeThatItHadForUs()
    {
        Assert.Null(GiveUp(0, "up", given: 0));
        Assert.Null(GiveUp(90, "up", given: 9));
        Assert.NotNull(GiveUp(99, "up", given: 10));
    }

    [Fact]
    public void GiveUp_StillChangingAtTheLimit_GivesUp()
    {
        Assert.Null(GiveUp(119.9, "height 1"));
        Assert.Equal("not within 2 min", GiveUp(120, "height 2"));
    }

    private string? GiveUp(double elapsed, string sight, double? given = null) =>
        _patience.GiveUp(TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(given ?? elapsed), sight);
}
