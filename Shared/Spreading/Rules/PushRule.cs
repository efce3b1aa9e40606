using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// A block goes whole to ⌈√n⌉ random full peers of the n neighbours that lack it, and is announced by INV to the
/// others, at once; so does Ethereum ("Block Propagation" in devp2p's caps/eth.md). A transaction goes to ⌈√n⌉ random
/// full peers.
/// </summary>
internal sealed class PushRule(RelayTools tools) : IRelayRule
{
    /// <summary>Those that are sent the block in hand; empty in between.</summary>
    private readonly HashSet<RemotePeer> _given = [];

    public void Announce(TimeSpan now, Block block, Holders holders)
    {
        Assertions.That(_given.Count == 0, "One block after the other.");
        var lacking = tools.Choose(int.MaxValue, holders, static (peer, holders) => !holders.Has(peer)).Length;
        var chosen = tools.Choose(
            Root(lacking), holders, static (peer, holders) => !peer.Info.Light && !holders.Has(peer));
        foreach (var target in chosen)
        {
            _given.Add(target);
        }

        Assertions.That(_given.Count == chosen.Length, "Nobody is sent the block twice.");
        tools.SendBlock(now, block, chosen);
        var others = tools.Choose(
            int.MaxValue,
            new Rest(holders, _given),
            static (peer, rest) => !rest.Holders.Has(peer) && !rest.Given.Contains(peer));
        Assertions.That(_given.Count + others.Length == lacking, "Each neighbour that lacks it is told in one way.");
        tools.SendInventory(now, block.Id, others);
        _given.Clear();
    }

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        var lacking = tools.Choose(int.MaxValue, from, IsFullAndOther).Length;
        tools.SendTransaction(now, transaction, tools.Choose(Root(lacking), from, IsFullAndOther));
    }

    private static bool IsFullAndOther(RemotePeer peer, RemotePeer? from) => peer != from && !peer.Info.Light;

    /// <summary>⌈√n⌉. Exact: the square root of a double is rounded correctly.</summary>
    private static int Root(int n) => (int)Math.Ceiling(Math.Sqrt(n));

    private readonly ref struct Rest(Holders holders, HashSet<RemotePeer> given)
    {
        public Holders Holders { get; } = holders;

        public HashSet<RemotePeer> Given { get; } = given;
    }
}
