using Blockchain.Fuzzing.Wire;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>
/// What a peer may have made of what it was told: written for being obviously right, all of it judged anew each time.
/// It knows the lines that were delivered, by <see cref="SlowReader"/>, and believes of the peer only what it shows.
/// </summary>
internal sealed class ConversationModel(Peer peer, ConversationNotes notes)
{
    /// <summary>What is on its way when a peer is banned arrives.</summary>
    private static readonly TimeSpan LongestLatency = TimeSpan.FromMilliseconds(400);

    private readonly Dictionary<Hash256, Block> _valid = [];
    private readonly Dictionary<BlockHeader, HashSet<PeerId>> _headers = [];
    private readonly HashSet<PeerId> _culprits = [];
    private readonly Dictionary<Hash256, BlockHeader> _tree = [];
    private readonly SlowPool _pool = new(peer);
    private readonly Dictionary<PeerId, TimeSpan> _banned = [];
    private bool _hasForged;

    /// <summary>Before the peer is given a line that is a message.</summary>
    public void Delivered(PeerId via, byte[] line)
    {
        var message = SlowReader.Read(line).Message;
        if (message is Relay relay)
        {
            message = relay.Payload;
        }

        switch (message)
        {
            case Block { HasValidId: true } block:
                _valid.TryAdd(block.Id, block);
                Witness(via, block.Header);
                break;
            case Block or Transaction { HasValidId: false }:
                _culprits.Add(via);
                break;
            case BlockHeaders headers:
                foreach (var header in headers.Headers)
                {
                    Witness(via, header);
                }

                break;
        }
    }

    /// <summary>After it was given the line, and before anything else: what is valid was not lost.</summary>
    public void CheckTaken(PeerId via, byte[] line)
    {
        if (SlowReader.Read(line).Message is not Block { HasValidId: true } block || notes.Drops.Count > 0)
        {
            return;
        }

        var chain = peer.Ledger.Chain;
        FuzzException.Unless(
            chain.IsKnown(block.Id) || peer.Plan.Settings.OrphanLimit == 0, $"a valid block by {via} is nowhere");
        if (block.PreviousId.IsGenesis || _tree.ContainsKey(block.PreviousId))
        {
            FuzzException.UnlessSame(
                peer.Info.Light || !IsRepeating(block), chain.Contains(block.Id), "a block with a parent is taken");
        }
    }

    /// <summary>After anything that the peer did.</summary>
    public void Check(TimeSpan now)
    {
        foreach (var happened in notes.Events)
        {
            switch (happened)
            {
                case BlockMade { IsFalse: true }:
                    _hasForged = true;
                    break;
                case BlockMade made:
                    var own = SlowReader.Read(NodeOf(made.Block).Block!.Json.ToArray()).Message as Block;
                    FuzzException.Unless(own is { HasValidId: true }, "its own block has not the right id");
                    _valid[own!.Id] = own;
                    break;
                case NeighbourOffended offended:
                    FuzzException.Unless(_culprits.Contains(offended.Other), $"{offended.Other} is blamed for nothing");
                    break;
                case NeighbourBanned banned:
                    FuzzException.Unless(_culprits.Contains(banned.Other), $"{banned.Other} is banned for nothing");
                    _banned[banned.Other] = now;
                    break;
            }
        }

        // Its own blocks are told as made before they are told as accepted, or after.
        foreach (var accepted in notes.Events.OfType<BlockAccepted>())
        {
            Accept(accepted);
        }

        foreach (var rejected in notes.Events.OfType<BlockRejected>())
        {
            FuzzException.Unless(
                _valid.TryGetValue(rejected.Block, out var block) && IsRepeating(block), "a good block is rejected");
        }

        CheckChain();
        _pool.Check(notes);
        notes.Sent.ForEach(sent => CheckSent(now, sent));
        CheckBounds();
    }

    private void Witness(PeerId via, BlockHeader header) =>
        (_headers.TryGetValue(header, out var witnesses) ? witnesses : _headers[header] = []).Add(via);

    private ChainNode NodeOf(Hash256 id) =>
        peer.Ledger.Chain.TryGet(id, out var node) ? node : throw new FuzzException("what it accepted is not there");

    private void Accept(BlockAccepted accepted)
    {
        var header = NodeOf(accepted.Block).Header;
        FuzzException.Unless(
            header.PreviousId.IsGenesis || _tree.ContainsKey(header.PreviousId), "it accepted a block without parent");
        FuzzException.Unless(_tree.TryAdd(header.Id, header), "it accepted a block twice");
        if (_valid.TryGetValue(header.Id, out var block))
        {
            FuzzException.UnlessSame(block.Header, header, "the header of what it accepted");
            FuzzException.Unless(
                peer.Info.Light || !IsRepeating(block), "it accepted a block that repeats a transaction");
            return;
        }

        FuzzException.Unless(peer.Info.Light, "it accepted a block that nobody has sent");

        // Those who joined later count for less than the peers of the plan, by a rule that this one does not repeat.
        var full = peer.Table.All.Count(
            other => other.IsPlanned && !other.IsBanned && other.Status != PeerStatus.Unreachable && !other.Info.Light);
        var witnesses = _headers.GetValueOrDefault(header)?.Count ?? 0;
        FuzzException.Unless(
            witnesses >= Math.Clamp(full, 1, 2),
            $"it believed a header of {witnesses} neighbours, with {full} full peers of the plan");
    }

    /// <summary>Whether a block, or one that it is built on, repeats a transaction of its branch.</summary>
    private bool IsRepeating(Block block)
    {
        var seen = new HashSet<Hash256>();
        for (var next = block; next is not null; next = _valid.GetValueOrDefault(next.PreviousId))
        {
            if (!next.TransactionIds.All(seen.Add))
            {
                return true;
            }
        }

        return false;
    }

    private void CheckChain()
    {
        var best = new List<BlockHeader>();
        foreach (var tip in _tree.Values)
        {
            var branch = new List<BlockHeader>();
            for (var next = tip; next is not null; next = _tree.GetValueOrDefault(next.PreviousId))
            {
                branch.Add(next);
            }

            if (branch.Count > best.Count || (branch.Count == best.Count && tip.Id.CompareTo(best[0].Id) < 0))
            {
                best = branch;
            }
        }

        best.Reverse();
        FuzzException.UnlessSameList(
            best.Select(header => header.Id.Prefix), peer.Ledger.Chain.Nodes.Select(node => node.Id.Prefix), "chain");
        FuzzException.UnlessSame(_tree.Count, peer.Ledger.Chain.Count, "blocks in the tree");
    }

    private void CheckSent(TimeSpan now, Transmission sent)
    {
        FuzzException.Unless(
            !_banned.TryGetValue(sent.NextHop, out var since) || now - since <= LongestLatency,
            $"{sent.Message.Type} is sent to a banned peer");
        var line = LineDraw.LineOf(sent.Message);
        FuzzException.Unless(
            line.Length <= WireLimits.LineBytes, $"{sent.Message.Type} of {line.Length} bytes is sent");
        var (reason, message) = SlowReader.Read(line);
        FuzzException.UnlessSame(MalformedReason.None, reason, $"{sent.Message.Type} that it sent");
        var payload = message is Relay relay ? relay.Payload : message;
        switch (payload)
        {
            case Block { HasValidId: false } or Inv when _hasForged:
                break;
            case Block block:
                FuzzException.Unless(block.HasValidId, "it sent a block with a false id");
                break;
            case Transaction transaction:
                FuzzException.Unless(transaction.HasValidId, "it sent a transaction with a false id");
                break;
            case Inv inv when inv.Sender == peer.Info.Id:
                FuzzException.Unless(!peer.Info.Light, "a light peer sent INV");
                FuzzException.Unless(inv.BlockIds.All(_tree.ContainsKey), "it announced what it has not");
                break;
        }
    }

    private void CheckBounds()
    {
        FuzzException.Unless(peer.Ledger.Pool.Count <= peer.Plan.Settings.PoolLimit, "the pool is over its limit");
        FuzzException.Unless(
            peer.Ledger.Pool.MemoryBytes <= peer.Plan.Settings.PoolBytes, "the pool is over its bytes");
        FuzzException.Unless(
            peer.Ledger.Chain.Orphans.Sum(orphan => orphan.Block?.Json.Length ?? 0L) <= new LedgerLimits().OrphanBytes,
            "the orphans are over their bytes");
        FuzzException.Unless(
            peer.Ledger.Chain.Orphans.Count <= peer.Plan.Settings.OrphanLimit, "there are too many orphans");
    }
}
