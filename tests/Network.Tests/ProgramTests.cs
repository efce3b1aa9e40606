using Blockchain.Lab.Tests.Guests;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>Peers that are programs of others, over TCP.</summary>
public sealed class ProgramTests
{
    private const string Ours = "5009";

    [Theory]
    [MemberData(nameof(Kits.All), MemberType = typeof(Kits))]
    public async Task TwoLittleNodes_AmongPeersOfOurs_TakePartInOneChain(string kit)
    {
        string[] programs = ["5003", "5005"];
        var command = Kits.InRealTime(kit);
        await using var network = new TestNetwork(TestPlan.OfShippedFile(["5000", "5002", Ours, .. programs])
            .Select(peer => programs.Contains(peer.Id.Value)
                ? peer with { Program = new GuestProgram { Command = command } }
                : peer)
            .Select(peer => peer with
            {
                Settings = peer.Settings with
                {
                    BlockInterval = TimeSpan.FromSeconds(4),
                    TransactionInterval = TimeSpan.FromSeconds(2),
                    PingInterval = TimeSpan.FromSeconds(2),
                },
            }));
        await network.StartAsync();
        var makers = network.Plan.Peers.Where(peer => !peer.Info.Light).Select(peer => peer.Id.Value).Order().ToArray();
        await Eventually.HoldsAsync(
            "all four full peers have blocks in the one chain, and are there",
            async () => await SightAsync() is var (found, alive) && found.SequenceEqual(makers) && alive == 4,
            async () => $"{await SightAsync()}");
        Assert.Empty(await network.Local[Ours].Client.BlacklistAsync(TestContext.Current.CancellationToken));

        async Task<(string[] Makers, int Alive)> SightAsync()
        {
            var ours = network.Local[Ours].Client;
            var blocks = await ours.BlocksAsync(TestContext.Current.CancellationToken);
            var peers = await ours.PeersAsync(TestContext.Current.CancellationToken);
            return (
                [.. blocks.Select(block => block.Sender).Distinct().Order()],
                peers.Count(peer => peer.Status == "ALIVE"));
        }
    }
}
