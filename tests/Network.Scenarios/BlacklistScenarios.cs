using Blockchain.Launching.Nodes;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Scenarios;

/// <summary>Who is banned by whom.</summary>
public abstract class BlacklistScenarios(NetworkRun run)
{
    private string[] Malicious => [.. run.Records.Where(record => !record.IsHonest).Select(record => record.Id)];

    [Fact]
    public void HonestPeers_AfterTheRun_AreOnNoBlacklist()
    {
        var malicious = Malicious;
        Assert.All(run.Records, record => Assert.DoesNotContain(record.Blacklist, id => !malicious.Contains(id)));
    }

    [Fact]
    public void MaliciousPeers_AfterTheRun_AreBannedWhereTheySentMoreBadBlocksThanAreForgiven()
    {
        foreach (var record in run.Honest)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{record.Id}: {string.Join(' ', record.Offences.Where(peer => peer.Value > 0))}, "
                + $"banned {string.Join(' ', record.Blacklist)}");
            var guilty = record.Offences
                .Where(peer => peer.Value > record.Plan.Settings.BanAfter)
                .Select(peer => peer.Key);
            Assert.Equal(guilty.Order(), record.Blacklist.Order());
            Assert.All(
                record.Offences.Where(peer => !Malicious.Contains(peer.Key)), peer => Assert.Equal(0, peer.Value));
        }
    }

    /// <summary>
    /// What two minutes may leave to chance: now each of them forges until all that check blocks had enough.
    /// </summary>
    [Theory]
    [InlineData("5001")]
    [InlineData("5004")]
    public async Task MaliciousPeer_ForgingOnAndOn_IsBannedByEveryHonestFullPeerThatItReaches(string id)
    {
        var forger = run.Network.Node(id);
        var victims = run.Network.Honest()
            .Where(node => node.IsRunning && !node.Plan.Info.Light && NetworkPlan.CanReach(
                forger.Plan.Info, node.Plan.Info))
            .ToArray();
        Assert.NotEmpty(victims);

        await Eventually.HoldsAsync(
            $"{id} is banned by {string.Join(' ', victims.Select(node => node.Plan.Id))}",
            async () =>
            {
                await forger.Client.MineAsync();
                return (await Task.WhenAll(victims.Select(Bans))).All(bans => bans);
            },
            async () => string.Join(' ', await Task.WhenAll(victims.Select(CountAsync))),
            run.Network.DescribeAsync);

        async Task<bool> Bans(ITrialNode node) => (await node.Client.BlacklistAsync()).Contains(id);

        async Task<string> CountAsync(ITrialNode node) =>
            $"{node.Plan.Id}:{(await node.Client.OffencesAsync()).GetValueOrDefault(id)}";
    }
}
