using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Hostile;

/// <summary>Peers that name blocks which nobody has.</summary>
public class UnansweredInvTests
{
    private static readonly PeerSettings Settings = Make.Quiet with { RequestTimeout = TimeSpan.FromSeconds(1) };

    private readonly PeerBench _bench = new(Settings, Make.Infos(11));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void MadeUpIds_FromSome_LeaveRoomForABlockOfAnother(int liars)
    {
        for (var liar = 0; liar < liars; liar++)
        {
            Name(liar, 20_000);
        }

        _bench.ReceiveInv("p10", "real");
        Assert.Equal("p10", AskedFor("real"));
    }

    [Fact]
    public void MadeUpIds_FromTenOfEleven_DelayABlockByATimeoutAtMost()
    {
        for (var liar = 0; liar < 10; liar++)
        {
            Name(liar, 20_000);
        }

        _bench.ReceiveInv("p10", "real");
        _bench.RunFor(Settings.RequestTimeout);
        Assert.Equal("p10", AskedFor("real"));
    }

    [Fact]
    public void MadeUpIds_NoAnswer_AreAskedForLessAndThenNoMore()
    {
        Name(0, 20_000);
        var asked = new List<int>();
        for (var second = 0; second < 10; second++)
        {
            asked.Add(_bench.Sent<GetBlock>("p00").Sum(ask => ask.Message.BlockIds.Count));
            _bench.RunFor(1);
        }

        Assert.Equal([32, 48, 56, 60, 62, 63, 64, 65, 65, 65], asked);
        Assert.Equal(20_000, _bench.Events.Drops.Count(drop => drop.Reason == DropReason.Expired));
        Assert.False(_bench.Remote("p00").IsBanned);
    }

    [Fact]
    public void MadeUpIds_MoreThanMayWait_AreNotKept()
    {
        for (var liar = 0; liar < 8; liar++)
        {
            Name(liar, 20_000);
        }

        // One by one, each takes its share of those before it: (1/2 + 1/3 + ... + 1/8) of 20,000; the rest expires.
        _bench.RunFor(3_600);
        Assert.InRange(_bench.Events.Drops.Count(drop => drop.Reason == DropReason.Expired), 54_000, 55_000);
    }

    /// <summary>Who answers again gets all of its window again.</summary>
    [Fact]
    public void Source_ThatAnswersAgain_IsAskedForMuchAgain()
    {
        Name(0, 3);
        _bench.RunFor(20);
        _bench.ReceiveInv("p00", "real");
        _bench.Receive("p00", Make.Block("real"));
        var before = _bench.Sent<GetBlock>("p00").Count;
        Name(0, 100, "more");
        Assert.Equal(32, _bench.Sent<GetBlock>("p00")[before].Message.BlockIds.Count);
    }

    [Fact]
    public void Sources_AreMoreThanAreRemembered_ThoseThatDoNotAnswerMakeRoom()
    {
        for (var liar = 0; liar < 8; liar++)
        {
            Name(liar, 1, $"fake{liar}");
        }

        _bench.RunFor(1.5);
        for (var liar = 0; liar < 8; liar++)
        {
            _bench.ReceiveInv($"p{liar:00}", "real");
        }

        _bench.ReceiveInv("p10", "real");
        _bench.RunFor(1.5);
        Assert.Contains("p10", _bench.Sent<GetBlock>().Where(ask => ask.Message.BlockIds.Contains(Make.Hash("real")))
            .Select(ask => ask.To));
    }

    /// <summary>What it was to be asked next is asked of another, and of nobody if there is none.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SourceThatGivesSomethingFalse_WhileTheBlockWaitsForIt_IsNotAskedForIt(bool anotherHasIt)
    {
        Name(0, 40);
        _bench.ReceiveInv("p00", "real");
        if (anotherHasIt)
        {
            // It has so much to answer already that the block waits for its turn there too.
            Name(1, 40);
            _bench.ReceiveInv("p01", "real");
        }

        Assert.Null(AskedFor("real"));
        _bench.Receive("p00", Make.Block("real", valid: false));
        for (var i = 0; i < 40; i++)
        {
            _bench.Receive("p00", Make.Block($"fake0-{i}"));
            _bench.Receive("p01", Make.Block($"fake1-{i}"));
        }

        Assert.Equal(anotherHasIt ? "p01" : null, AskedFor("real"));
        Assert.DoesNotContain(
            _bench.Sent<GetBlock>("p00"), ask => ask.Message.BlockIds.Contains(Make.Hash("real")));

        // It was given up, so that it can be wanted again.
        _bench.ReceiveInv("p09", "real");
        _bench.RunFor(60);
        Assert.Contains(_bench.Sent<GetBlock>("p09"), ask => ask.Message.BlockIds.Contains(Make.Hash("real")));
    }

    /// <summary>
    /// The one who loses its place may be the only one who was to be asked for what another has named.
    /// </summary>
    [Fact]
    public void BlockOfAnother_WaitingWhereRoomIsMade_IsAskedForElsewhere()
    {
        _bench.ReceiveInv("p01", "real");
        _bench.RunFor(0.5);
        _bench.ReceiveInv("p00", "real");
        Name(0, 40);

        // The first one does not answer, and the second one has to answer much before it is the turn of this block.
        _bench.RunFor(0.6);
        Assert.Equal(["p01"], AllAskedFor("real"));
        Name(0, 19_900, "more");
        for (var liar = 2; liar < 10; liar++)
        {
            Name(liar, 20_000);
        }

        _bench.RunFor(60);
        var asked = AllAskedFor("real");
        Assert.True(asked.Count > 1, "It waits where nobody looks.");
        _bench.RunFor(600);
        _bench.ReceiveInv("p01", "real");
        _bench.RunFor(60);
        Assert.True(AllAskedFor("real").Count > asked.Count, "It was given up, so that it can be wanted again.");
    }

    /// <summary>A peer that delivers something now and then may not keep a question open for ever.</summary>
    [Fact]
    public void SourceThatDeliversTheRestOfTheQuestion_IsWaitedForTenTimesAtMost()
    {
        _bench.ReceiveInv("p00", ["wanted", .. Enumerable.Range(0, 30).Select(i => $"other{i}")]);
        _bench.ReceiveInv("p01", "wanted");
        for (var i = 0; i < 30; i++)
        {
            _bench.RunFor(0.9);
            _bench.Receive("p00", Make.Block($"other{i}"));
        }

        Assert.InRange(_bench.Sent<GetBlock>("p01")[0].At.TotalSeconds, 5, 11);
    }

    private void Name(int peer, int count, string prefix = "fake")
    {
        var ids = Enumerable.Range(0, count).Select(i => Make.Hash($"{prefix}{peer}-{i}")).ToArray();
        _bench.Receive($"p{peer:00}", new Inv(new PeerId($"p{peer:00}"), ids, _bench.NextId()));
    }

    private List<string> AllAskedFor(string block) =>
    [
        .. _bench.Sent<GetBlock>().Where(ask => ask.Message.BlockIds.Contains(Make.Hash(block))).Select(ask => ask.To),
    ];

    private string? AskedFor(string block) => _bench.Sent<GetBlock>()
        .FirstOrDefault(ask => ask.Message.BlockIds.Contains(Make.Hash(block))).To;
}
