using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation;

/// <summary>
/// The signatures of a signed network. They are counted, as its nodes would make and verify them, and computed only
/// where that was asked for; a message is as long in both cases.
/// </summary>
/// <param name="real">Signs as a peer; null: they are only counted.</param>
internal sealed class SimulatedSignatures(NetworkPlan plan, Func<PeerId, ISignatures>? real)
{
    private long _made;
    private long _verified;

    public SignatureStatistics Statistics => new(_made, _verified);

    /// <summary>What a peer signs with.</summary>
    public SignedNetwork Of(PeerId peer) => new(plan, new Counted(this, real?.Invoke(peer)));

    /// <summary>Two peers that connect prove to each other who they are.</summary>
    public void Handshake()
    {
        _made += 2;
        _verified += 2;
    }

    /// <summary>
    /// What a node finds out about a message before its peer sees it. It remembers what it has verified; so here what
    /// the peer has in its pool or chain costs nothing more.
    /// </summary>
    public Verdict Judge(SimulatedPeer at, Message message)
    {
        _verified += CostOf(at.Core, message);
        return real is null ? Verdict.Proven : at.Identity!.Judge(message);
    }

    private static int CostOf(Peer at, Message message) => message switch
    {
        Relay relay => 1 + CostOf(at, relay.Payload),
        Transaction transaction => IsKnown(at, transaction.Id) ? 0 : 1,
        Block block => at.Ledger.Chain.IsKnown(block.Id)
            ? 0
            : 1 + block.TransactionIds.Count(id => !IsKnown(at, id)),
        _ => 0,
    };

    private static bool IsKnown(Peer at, Hash256 transaction) =>
        at.Ledger.Pool.Contains(transaction) || at.Ledger.Chain.ContainsTransaction(transaction);

    private sealed class Counted(SimulatedSignatures owner, ISignatures? inner) : ISignatures
    {
        public Signature Sign(ReadOnlySpan<byte> text)
        {
            owner._made++;
            return inner?.Sign(text) ?? default;
        }

        public bool Verify(PublicKey key, ReadOnlySpan<byte> text, Signature signature) =>
            inner?.Verify(key, text, signature) ?? true;
    }
}
