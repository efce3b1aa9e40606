using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// A block is announced by INV at once to every neighbour that lacks it; a transaction goes to every full neighbour but
/// the one that it came from. As fast as announcing can be, at the price of the most messages.
/// </summary>
internal sealed class FloodRule(RelayTools tools) : IRelayRule
{
    public void Announce(TimeSpan now, Block block, Holders holders) => tools.SendInventory(
        now, block.Id, tools.Choose(int.MaxValue, holders, static (peer, holders) => !holders.Has(peer)));

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from) => tools.SendTransaction(
        now, transaction, tools.Choose(int.MaxValue, from, static (peer, from) => peer != from && !peer.Info.Light));
}
