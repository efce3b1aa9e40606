using Blockchain.Shared.Messages;

namespace Blockchain.Shared.Tests.Networks;

/// <summary>What must hold in a network some time after generation has stopped.</summary>
internal static class Convergence
{
    public static bool IsReached(VirtualNetwork network) =>
        network.Honest.Select(peer => peer.Tip).Distinct().Count() == 1
        && network.Honest.All(peer => HonestBlocks(network).All(peer.Core.Ledger.Chain.Contains));

    public static IEnumerable<Hash256> HonestBlocks(VirtualNetwork network) =>
        network.Honest.SelectMany(peer => peer.Made).Select(block => block.Id);

    /// <summary>Rules that hold at every moment, whatever happens.</summary>
    public static void AssertInvariants(VirtualNetwork network)
    {
        var honest = network.All.Where(peer => !peer.Plan.Malicious).Select(peer => peer.Plan.Id).ToHashSet();
        foreach (var peer in network.Running)
        {
            Assert.DoesNotContain(peer.Core.Table.All, other => other.IsBanned && honest.Contains(other.Id));

            var chain = peer.Core.Ledger.Chain;
            var transactions = chain.Nodes.SelectMany(node => node.TransactionIds.ToArray()).ToList();
            Assert.Equal(transactions.Count, transactions.Distinct().Count());
            Assert.DoesNotContain(peer.Core.Ledger.Pool.Take(int.MaxValue), pooled => transactions.Contains(pooled.Id));
            Assert.All(chain.Nodes, node => Assert.True(peer.Plan.Info.Light
                ? node.Block is null
                : node.Block is { HasValidId: true }));
        }
    }
}
