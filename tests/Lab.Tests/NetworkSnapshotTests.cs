using Blockchain.Launching;
using Blockchain.NodeApi;

namespace Blockchain.Lab.Tests;

public sealed class NetworkSnapshotTests
{
    [Fact]
    public void From_HonestAndMalicious_CountsChainsOfTheHonestOnly()
    {
        var snapshot = NetworkSnapshot.From(
            planned: 5,
            [
                (Networks.Peer("1"), Status(height: 4, tip: "a", pool: 2, sent: 10), 1),
                (Networks.Peer("2"), Status(height: 4, tip: "a", pool: 9, sent: 10), 2),
                (Networks.Peer("3"), Status(height: 3, tip: "b", pool: 1, sent: 10), 3),
                (Networks.Peer("4", malicious: true), Status(height: 1, tip: "c", pool: 0, sent: 10), 4),
                (Networks.Peer("5"), null, 0),
            ]);
        Assert.Equal(
            new NetworkSnapshot(
                Planned: 5, Up: 4, MinHeight: 3, MaxHeight: 4, Tips: 2, OnCommonestTip: 2, Honest: 3, Pooled: 9,
                    Sent: 40, Dropped: 10),
            snapshot);
    }

    [Fact]
    public void From_NoBlockYet_IsOneChainWithoutBlocks()
    {
        var snapshot = NetworkSnapshot.From(
            1, [(Networks.Peer("1"), Status(height: 0, tip: null, pool: 0, sent: 0), 0)]);
        Assert.Equal((0, 1), (snapshot.MaxHeight, snapshot.Tips));
    }

    [Fact]
    public void From_NobodyUp_IsAllZero() =>
        Assert.Equal(new NetworkSnapshot(3, 0, 0, 0, 0, 0, 0, 0, 0, 0), NetworkSnapshot.From(3, []));

    private static NodeStatus Status(int height, string? tip, int pool, long sent) =>
        new("", "full", false, true, false, height, tip, pool, 0, 0, 0, 0, 0, sent, 0);
}
