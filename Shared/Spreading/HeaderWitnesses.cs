using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// How a light peer tells true headers from false ones. A header cannot be verified, since the id covers the whole
/// block; so a light peer believes it when two peers hand over the same one. An INV vouches for an id only, with which
/// anybody could then hand over a false header. A malicious peer stands alone with what it makes up, because full peers
/// pass on only what they have verified.
/// </summary>
internal sealed class HeaderWitnesses(PeerContext context)
{
    private const int WitnessesNeeded = 2;
    private const int MaxUnconfirmed = 5_000;
    private const int MaxAttempts = 3;

    private readonly Dictionary<Hash256, Claim> _claims = new(context.Ids);
    private readonly Queue<Hash256> _order = new();

    /// <summary>An INV: asks for the headers.</summary>
    public void Announced(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids) => Ask(now, from, ids);

    /// <returns>The headers that are believed now, in the order given.</returns>
    public IReadOnlyList<BlockHeader> Vouched(TimeSpan now, RemotePeer from, IReadOnlyList<BlockHeader> headers)
    {
        Assertions.That(context.Self.Light, "A full peer verifies blocks, and needs no witnesses.");
        var believed = new List<BlockHeader>();
        var doubtful = new List<Hash256>();
        foreach (var header in headers)
        {
            if (context.Ledger.Chain.Contains(header.Id))
            {
                continue;
            }

            if (ClaimOf(header.Id).HandOver(from, header) >= Needed())
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

    /// <summary>Where only one full peer is known, its word must do.</summary>
    private int Needed()
    {
        var full = 0;
        foreach (var peer in context.Table.All)
        {
            full += peer.IsUsable && !peer.Info.Light ? 1 : 0;
        }

        Assertions.That(full >= 0 && full <= context.Table.All.Count, "Only peers of the table count.");
        return Math.Clamp(full, 1, WitnessesNeeded);
    }

    private Claim ClaimOf(Hash256 id)
    {
        if (_claims.TryGetValue(id, out var claim))
        {
            return claim;
        }

        // The order also has those that were confirmed since, so that neither grows.
        while (_order.Count >= MaxUnconfirmed && _order.TryDequeue(out var oldest))
        {
            _claims.Remove(oldest);
        }

        claim = new Claim();
        _claims.Add(id, claim);
        _order.Enqueue(id);
        Assertions.That(_order.Count <= MaxUnconfirmed, "What others can make us remember is bounded.");
        Assertions.That(_claims.Count <= _order.Count, "Every claim is in the order, and can be forgotten.");
        return claim;
    }

    private void AskAnother(TimeSpan now, IReadOnlyList<Hash256> ids, int attempts)
    {
        List<Hash256> open = [.. ids.Where(_claims.ContainsKey)];
        if (open.Count == 0 || attempts == 0)
        {
            return;
        }

        var chosen = context.Table.Choose(
            context.Random, 1, _claims[open[0]], static (peer, claim) => !peer.Info.Light && !claim.HasHeaderOf(peer));
        if (chosen.Length > 0)
        {
            var patience = context.Patience(chosen[0]);
            Ask(now, chosen[0], open);
            context.Timers.Schedule(now + patience, later => AskAnother(later, open, attempts - 1));
        }
    }

    private void Ask(TimeSpan now, RemotePeer peer, IReadOnlyList<Hash256> ids) =>
        context.Send(now, peer, new GetBlock(context.Self.Id, ids, context.Random.NextMessageId()));

    /// <summary>What was handed over as the header of one block: one header by each peer, its last.</summary>
    private sealed class Claim
    {
        private readonly Dictionary<RemotePeer, BlockHeader> _headers = [];

        public bool HasHeaderOf(RemotePeer peer) => _headers.ContainsKey(peer);

        /// <returns>How many peers say the same.</returns>
        public int HandOver(RemotePeer from, BlockHeader header)
        {
            _headers[from] = header;
            return _headers.Values.Count(other => other == header);
        }
    }
}
