using Blockchain.Lab.Network;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>Who is banned by whom.</summary>
[Collection(TwoMinuteRunGroup.Name)]
public sealed class BlacklistTests(TwoMinuteRun run)
{
    private static readonly TimeSpan ForgeryTime = TimeSpan.FromSeconds(40);

    private string[] Malicious => [.. run.Records.Where(record => !record.IsHonest).Select(record => record.Id)];

    [Fact]
    public void HonestPeers_AfterTheRun_AreOnNoBlacklist()
    {
        var malicious = Malicious;
        Assert.All(run.Records, record => Assert.DoesNotContain(record.Blacklist, id => !malicious.Contains(id)));
    }

    /// <summary>
    /// A node counts bad blocks, bare ones and those to be relayed, but not whose. Of n suspects that it can hear of
    /// directly, those at large have sent at most as many as are forgiven; what is beyond that comes from banned ones.
    /// </summary>
    [Fact]
    public void MaliciousPeers_AfterTheRun_AreBannedWhereTheySentMoreBadBlocksThanAreForgiven()
    {
        foreach (var record in run.Honest)
        {
            var bad = record.DroppedFor(DropReason.InvalidId) + record.DroppedFor(DropReason.InvalidBlock);
            var suspects = Malicious.Count(id => run.Network.Plan.CanReach(new PeerId(id), record.Plan.Id));
            var forgiven = record.Plan.Settings.BanAfter;
            var mustBeBanned = (int)Math.Max(0, Math.Min(suspects, bad - (suspects * forgiven)));
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{record.Id}: {bad} bad blocks from {suspects} suspects, banned {string.Join(' ', record.Blacklist)}");
            Assert.True(
                record.Blacklist.Count >= mustBeBanned,
                $"{record.Id} got {bad} bad blocks and banned only [{string.Join(' ', record.Blacklist)}]");
            Assert.True(bad > forgiven || record.Blacklist.Count == 0, $"{record.Id} banned for only {bad} bad blocks");
        }
    }

    /// <summary>What two minutes may leave to chance: now each of them forges until all that check blocks had enough.</summary>
    [Theory]
    [InlineData("5001")]
    [InlineData("5004")]
    public async Task MaliciousPeer_ForgingOnAndOn_IsBannedByEveryHonestFullPeerThatItReaches(string id)
    {
        var forger = run.Network.Local[id];
        var victims = run.Network.Honest
            .Where(node => !node.Plan.Info.Light && NetworkPlan.CanReach(forger.Plan.Info, node.Plan.Info))
            .ToArray();
        Assert.NotEmpty(victims);

        await Eventually.HoldsAsync(
            $"{id} is banned by {string.Join(' ', victims.Select(node => node.Id))}",
            async () =>
            {
                await forger.Client.MineAsync();
                return (await Task.WhenAll(victims.Select(Bans))).All(bans => bans);
            },
            ForgeryTime,
            run.Network.DescribeAsync);

        async Task<bool> Bans(LocalNode node) => (await node.Client.BlacklistAsync()).Contains(id);
    }
}
