using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// How a light peer tells true headers from false ones. A header cannot be verified, since the id covers the whole
/// block; so a light peer believes it when two neighbours deliver the same one (<see cref="Jury"/> says which). What a
/// RELAY brings counts as said by the relay, since it could have written it itself. An INV vouches for an id only, with
/// which anybody could then hand over a false header. A malicious peer stands alone with what it makes up, because full
/// peers pass on only what they have verified.
/// </summary>
internal sealed class HeaderWitnesses(PeerContext context)
{
    private const int MaxUnconfirmed = 5_000;
    private const int MaxAttempts = 3;

    private readonly Dictionary<Hash256, Claim> _claims = new(context.Ids);

    /// <summary>The claims that each neighbour was the first to make, and those that were confirmed since.</summary>
    private readonly Dictionary<RemotePeer, Queue<Hash256>> _order = [];

    private int _ordered;

    /// <summary>An INV: asks for the headers.</summary>
    public void Announced(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids) => Ask(now, from, ids);

    /// <param name="by">Who delivered them.</param>
    /// <returns>The headers that are believed now, in the order given.</returns>
    public IReadOnlyList<BlockHeader> Vouched(TimeSpan now, RemotePeer by, IReadOnlyList<BlockHeader> headers)
    {
        Assertions.That(context.Self.Light, "A full peer verifies blocks, and needs no witnesses.");
        var jury = Jury.Of(context.Table);
        var believed = new List<BlockHeader>();
        var doubtful = new List<Hash256>();
        foreach (var header in headers)
        {
            if (context.Ledger.Chain.Contains(header.Id))
            {
                continue;
            }

            if (jury.Admits(by) && jury.Believes(ClaimOf(by, header.Id).HandOver(by, header)))
            {
                _claims.Remove(header.Id);
                believed.Add(header);
            }
            else
            {
                doubtful.Add(header.Id);
            }
        }

        if (doubtful.Count > 0)
        {
            AskAnother(now, doubtful, MaxAttempts);
        }

        return believed;
    }

    private Claim ClaimOf(RemotePeer by, Hash256 id)
    {
        if (_claims.TryGetValue(id, out var claim))
        {
            return claim;
        }

        if (!_order.TryGetValue(by, out var order))
        {
            _order.Add(by, order = new Queue<Hash256>());
        }

        order.Enqueue(id);
        _ordered++;
        while (_ordered > MaxUnconfirmed)
        {
            ForgetOne();
        }

        claim = new Claim();
        _claims[id] = claim;
        Assertions.That(_ordered <= MaxUnconfirmed, "What others can make us remember is bounded.");
        Assertions.That(_claims.Count <= _ordered + 1, "Every claim is in the order, and can be forgotten.");
        return claim;
    }

    /// <summary>
    /// Of the neighbour that has made the most claims, the oldest: the one that fills it loses first.
    /// </summary>
    private void ForgetOne()
    {
        var (most, order) = _order.MaxBy(one => one.Value.Count);
        _claims.Remove(order.Dequeue());
        _ordered--;
        if (order.Count == 0)
        {
            _order.Remove(most);
        }
    }

    private void AskAnother(TimeSpan now, IReadOnlyList<Hash256> ids, int attempts)
    {
        List<Hash256> open = [.. ids.Where(id => !context.Ledger.Chain.IsKnown(id))];
        if (open.Count == 0 || attempts == 0)
        {
            return;
        }

        var jury = Jury.Of(context.Table);
        var claim = _claims.GetValueOrDefault(open[0]);
        var chosen = context.Table.Choose(
            context.Random,
            1,
            (jury, claim),
            static (peer, state) => state.jury.IsAsked(peer) && state.claim?.HasHeaderOf(peer) != true);
        if (chosen.Length > 0)
        {
            var patience = context.Patience(chosen[0]);
            Ask(now, chosen[0], open);
            context.Timers.Schedule(now + patience, later => AskAnother(later, open, attempts - 1));
        }
    }

    private void Ask(TimeSpan now, RemotePeer peer, IReadOnlyList<Hash256> ids)
    {
        HeaderRequests.ExpectHeaders(context, now, peer);
        context.Send(now, peer, new GetBlock(context.Self.Id, ids, context.Random.NextMessageId()));
    }

    /// <summary>What was handed over as the header of one block: one header by each neighbour, its last.</summary>
    private sealed class Claim
    {
        private readonly Dictionary<RemotePeer, BlockHeader> _headers = [];

        public bool HasHeaderOf(RemotePeer peer) => _headers.ContainsKey(peer);

        /// <returns>Who says the same.</returns>
        public IEnumerable<RemotePeer> HandOver(RemotePeer by, BlockHeader header)
        {
            _headers[by] = header;
            return _headers.Where(other => other.Value == header).Select(other => other.Key);
        }
    }
}
