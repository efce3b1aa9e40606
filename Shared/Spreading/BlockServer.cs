using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// GETBLOCK of others: answered with the block, to a light peer with its header, and when the block comes if it is not
/// here yet.
/// </summary>
internal sealed class BlockServer(PeerContext context, IRelayRule relay)
{
    /// <summary>
    /// Blocks of our own making with a false id, which a malicious peer keeps in order to serve them.
    /// </summary>
    private const int MaxForged = 16;

    private readonly PendingAnswers _pending = new(context);
    private readonly Queue<Block> _forged = new();

    public void OnGetBlock(TimeSpan now, RemotePeer from, GetBlock request)
    {
        if (!context.Behaviour.Answers(request))
        {
            return;
        }

        if (context.Behaviour.Hesitation(request) is > 0 and var share)
        {
            // The question and the answer travel meanwhile, a round trip together.
            var patience = context.Patience(from) - (from.RoundTripTime ?? TimeSpan.Zero);
            context.Timers.Schedule(now + (share * patience), later => Answer(later, from, request));
            return;
        }

        Answer(now, from, request);
    }

    private void Answer(TimeSpan now, RemotePeer from, GetBlock request)
    {
        List<BlockHeader>? headers = null;
        for (var i = 0; i < request.BlockIds.Count; i++)
        {
            var id = request.BlockIds[i];
            if (context.Behaviour.Hides(id))
            {
                continue;
            }

            if (context.Ledger.Chain.TryGet(id, out var node))
            {
                if (request.Compact && node.Block is { } block && relay.TryServeCompact(now, from, block))
                {
                    continue;
                }

                Serve(now, from, node.Header, node.Block, ref headers);
            }
            else if (Forged(id) is { } forged)
            {
                Serve(now, from, forged.Header, forged, ref headers);
            }
            else
            {
                _pending.Remember(now, id, from);
            }
        }

        if (headers is not null)
        {
            context.Send(now, from, new BlockHeaders(context.Self.Id, headers, context.Random.NextMessageId()));
        }
    }

    /// <summary>Answers those that asked for a block before it was here.</summary>
    public void OnAttached(TimeSpan now, Hash256 id)
    {
        Assertions.That(
            !Assertions.AreOn || context.Ledger.Chain.Contains(id),
            "It is here now, or its askers would be remembered for ever.");
        foreach (var asker in _pending.Take(id))
        {
            OnGetBlock(now, asker, new GetBlock(asker.Id, [id], default));
        }
    }

    public void KeepForged(Block block)
    {
        Assertions.That(!block.HasValidId, "A block with the right id is in the chain.");
        _forged.Enqueue(block);
        if (_forged.Count > MaxForged)
        {
            _forged.Dequeue();
        }

        Assertions.That(_forged.Count <= MaxForged, "Old ones make room.");
    }

    // A method of its own, so that the many who ask for what is here pay for no closure.
    private Block? Forged(Hash256 id) => _forged.FirstOrDefault(block => block.Id == id);

    private void Serve(
        TimeSpan now, RemotePeer to, BlockHeader header, Block? block, ref List<BlockHeader>? headers)
    {
        Assertions.That(block is not null || context.Self.Light, "Only a light peer has a header without its block.");
        if (to.Info.Light || block is null)
        {
            (headers ??= []).Add(header);
        }
        else
        {
            context.Send(now, to, context.Behaviour.HandsOver(block));
        }
    }
}
