using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Network;
using Blockchain.Network.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>Cutting a network off and connecting it again, by the commands of its resource.</summary>
[Collection(AspireRunGroup.Name)]
public sealed class PartitionTests(AspireRun run)
{
    private static readonly TimeSpan HealingTime = TimeSpan.FromSeconds(20);

    private AspireNetwork Network => run.Aspire;

    [Fact]
    public async Task Partition_OfNetwork1_MakesTwoChainsThatHealMakesOneWithinTwentySeconds()
    {
        var network = Network.App.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<NatNetworkResource>().Single(resource => resource.NetworkId == 1);
        var (inside, outside) = (Network.Node("5003"), Network.Node("5005"));

        // What other tests made is to be everywhere before anybody is cut off from it.
        await Eventually.HoldsAsync(
            "all have one chain", Network.Honest().HaveSameTipAsync, Network.Nodes.SightAsync, Network.DescribeAsync);
        await Network.UntilStateAsync(network.Name, "4 of 4 up");
        await Network.App.ExecuteAsync(network, CommandNames.Partition);
        TimeSpan start;
        try
        {
            await Network.UntilStateAsync(network.Name, "4 of 4 up, partitioned");
            await inside.ExecuteAsync(CommandNames.Mine);
            await inside.ExecuteAsync(CommandNames.Mine);
            await outside.ExecuteAsync(CommandNames.Mine);
            await Eventually.HoldsAsync(
                "network 1 has one chain and the others another",
                HasSplitAsync,
                Network.Nodes.SightAsync,
                Network.DescribeAsync);
        }
        finally
        {
            start = run.Probe.Now;
            await Network.App.ExecuteAsync(network, CommandNames.Heal);
        }

        await Eventually.HoldsAsync(
            "all have one chain again",
            Network.Honest().HaveSameTipAsync,
            Network.Nodes.SightAsync,
            Network.DescribeAsync);
        var (time, machine) = (run.Probe.Now - start, run.Probe.Read(start));
        await Network.UntilStateAsync(network.Name, "4 of 4 up");
        TimePromise.Check("all had one chain", time, HealingTime, machine);

        async Task<bool> HasSplitAsync()
        {
            // Light peers are left out: those of a small network may lack the witnesses to believe a new header.
            var full = Network.Honest().Where(node => !node.Plan.Info.Light)
                .ToLookup(node => node.Plan.Info.NetworkId == 1);
            var tips = await Task.WhenAll(inside.StatusAsync(), outside.StatusAsync());
            return tips[0]?.Tip != tips[1]?.Tip
                && await full[true].HaveSameTipAsync()
                && await full[false].HaveSameTipAsync();
        }
    }
}
