using Blockchain.Shared.Messages;
using Blockchain.Shared.Peers;

namespace Blockchain.Shared.Ledger;

/// <summary>
/// How a light peer tells true headers from false ones. A header cannot be verified, since the id covers the whole
/// block; so a light peer believes it when two peers vouch for it, by INV or by handing over the header. A malicious
/// peer stands alone with the ids that it makes up, because full peers pass on only what they have verified.
/// </summary>
internal sealed class HeaderWitnesses(PeerContext context)
{
    private const int WitnessesNeeded = 2;
    private const int MaxUnconfirmed = 5_000;
    private const int MaxAttempts = 3;

    private readonly Dictionary<Hash256, Claim> _claims = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>An INV: asks for the headers.</summary>
    public void Announced(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids)
    {
        foreach (var id in ids)
        {
            ClaimOf(id)?.Witnesses.Add(from);
        }

        Ask(now, from, ids);
    }

    /// <returns>The headers that are believed now, in the order given.</returns>
    public IReadOnlyList<BlockHeader> Vouched(TimeSpan now, RemotePeer from, IReadOnlyList<BlockHeader> headers)
    {
        var believed = new List<BlockHeader>();
        var doubtful = new List<Hash256>();
        foreach (var header in headers)
        {
            if (context.Ledger.Chain.Contains(header.Id) || ClaimOf(header.Id) is not { } claim)
            {
                continue;
            }

            claim.Witnesses.Add(from);
            if (claim.Header is null || claim.Header == header)
            {
                claim.Header = header;
            }

            if (claim.Witnesses.Count >= Needed())
            {
                _claims.Remove(header.Id);
                believed.Add(claim.Header);
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

        return Math.Clamp(full, 1, WitnessesNeeded);
    }

    private Claim? ClaimOf(Hash256 id)
    {
        if (_claims.TryGetValue(id, out var claim))
        {
            return claim;
        }

        while (_claims.Count >= MaxUnconfirmed && _order.TryDequeue(out var oldest))
        {
            _claims.Remove(oldest);
        }

        claim = new Claim();
        _claims.Add(id, claim);
        _order.Enqueue(id);
        return claim;
    }

    private void AskAnother(TimeSpan now, IReadOnlyList<Hash256> ids, int attempts)
    {
        List<Hash256> open = [.. ids.Where(_claims.ContainsKey)];
        if (open.Count == 0 || attempts == 0)
        {
            return;
        }

        var witnesses = _claims[open[0]].Witnesses;
        var chosen = context.Table.Choose(
            context.Random, 1, witnesses, static (peer, witnesses) => !peer.Info.Light && !witnesses.Contains(peer));
        if (chosen.Length > 0)
        {
            var patience = context.Patience(chosen[0]);
            Ask(now, chosen[0], open);
            context.Timers.Schedule(now + patience, later => AskAnother(later, open, attempts - 1));
        }
    }

    private void Ask(TimeSpan now, RemotePeer peer, IReadOnlyList<Hash256> ids) =>
        context.Send(now, peer, new GetBlock(context.Self.Id, ids, context.Random.NextMessageId()));

    private sealed class Claim
    {
        public HashSet<RemotePeer> Witnesses { get; } = [];

        /// <summary>Null while there are announcements only.</summary>
        public BlockHeader? Header { get; set; }
    }
}
