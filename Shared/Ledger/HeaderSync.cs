using Blockchain.Shared.Messages;
using Blockchain.Shared.Peers;

namespace Blockchain.Shared.Ledger;

/// <summary>
/// GET_BLOCK_HEADERS and BLOCK_HEADERS: on joining, and every so often with one random full peer, so that gossip with
/// a small fan-out still reaches everyone (anti-entropy in Demers et al., 1987). The locator works both ways: the
/// asked peer learns from it what it lacks itself.
/// </summary>
internal sealed class HeaderSync(PeerContext context, BlockExchange blocks)
{
    /// <summary>As in Bitcoin's getheaders.</summary>
    private const int MaxHeaders = 2_000;

    /// <summary>Heights below the fork from which side branches are told too, so that stale blocks reach everyone.</summary>
    private const int SideBranchDepth = 100;

    /// <summary>While nobody has answered yet, so many peers are asked at a time: with loss, one is not enough.</summary>
    private const int PartnersOnJoining = 2;

    private bool _answered;

    public void Start(TimeSpan now) => context.Timers.Schedule(now, Round);

    public void OnGetHeaders(TimeSpan now, RemotePeer from, GetBlockHeaders request)
    {
        var chain = context.Ledger.Chain;
        var headers = chain.HeadersAfter(request.Locator, MaxHeaders, SideBranchDepth);
        context.Send(now, from, new BlockHeaders(context.Self.Id, headers, context.Random.NextMessageId()));

        if (!context.Self.Light && !from.Info.Light && chain.FirstUnknown(request.Locator) is { } unknown)
        {
            blocks.Want(now, from, [unknown]);
        }
    }

    public void OnHeaders(TimeSpan now, RemotePeer from, BlockHeaders answer)
    {
        _answered = true;
        blocks.OnHeaders(now, from, answer.Headers);
        if (answer.Headers.Count >= MaxHeaders)
        {
            Ask(now, from, [answer.Headers[^1].Id]);
        }
    }

    private void Round(TimeSpan now)
    {
        var partners = context.Table.Choose(
            context.Random, _answered ? 1 : PartnersOnJoining, 0, static (peer, _) => !peer.Info.Light);
        foreach (var partner in partners)
        {
            Ask(now, partner, context.Ledger.Chain.Locator());
        }

        var interval = context.Settings.SyncInterval;
        if (!_answered)
        {
            context.Timers.Schedule(now + context.Settings.RequestTimeout, Round);
        }
        else if (interval > TimeSpan.Zero)
        {
            context.Timers.Schedule(now + context.Random.Jittered(interval, 0.2), Round);
        }
    }

    private void Ask(TimeSpan now, RemotePeer partner, IReadOnlyList<Hash256> locator) =>
        context.Send(now, partner, new GetBlockHeaders(context.Self.Id, locator, context.Random.NextMessageId()));
}
