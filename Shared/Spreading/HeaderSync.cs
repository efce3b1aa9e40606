using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// GET_BLOCK_HEADERS and BLOCK_HEADERS: on joining, and every so often with one random full peer, so that gossip with
/// a small fan-out still reaches everyone (anti-entropy by push and pull in Demers et al., 1987). It works both ways:
/// from the locator the asked peer learns what it lacks of the chain, and beside the chain it is told afterwards.
/// </summary>
internal sealed class HeaderSync(PeerContext context, BlockExchange blocks, HeaderRequests requests)
{
    /// <summary>In one answer, as in Bitcoin's getheaders; so many may not be all (W36).</summary>
    public const int MaxHeaders = 2_000;

    /// <summary>
    /// Heights below the fork from which side branches are told too, so that stale blocks reach everyone.
    /// </summary>
    private const int SideBranchDepth = 100;

    /// <summary>A question or its answer may be lost; then another peer is asked at once.</summary>
    private const int MaxAttempts = 3;

    /// <summary>One who joins asks more peers, since the first may be behind itself.</summary>
    public const int PartnersOnJoining = 4;

    /// <summary>So that peers that began together do not ask at the same moment for ever.</summary>
    private const double IntervalJitter = 0.2;

    private bool _answered;

    public void Start(TimeSpan now) => context.Timers.Schedule(now, later => Round(later, PartnersOnJoining));

    public void OnGetHeaders(TimeSpan now, RemotePeer from, GetBlockHeaders request)
    {
        var chain = context.Ledger.Chain;
        if (context.Behaviour.Answers(request))
        {
            var headers = chain.HeadersAfter(request.Locator, MaxHeaders, SideBranchDepth);
            Assertions.That(headers.Count <= MaxHeaders, "An answer is bounded.");
            if (headers.Any(header => context.Behaviour.Hides(header.Id)))
            {
                headers = [.. headers.Where(header => !context.Behaviour.Hides(header.Id))];
            }

            headers = context.Behaviour.Headers(headers, chain.Tip?.Header);
            context.Send(now, from, new BlockHeaders(context.Self.Id, headers, context.Random.NextMessageId()));
        }

        if (!context.Self.Light && !from.Info.Light && chain.FirstUnknown(request.Locator) is { } unknown)
        {
            blocks.Want(now, from, [unknown]);
        }
    }

    /// <param name="by">Who delivered it: the sender, or a relay.</param>
    public void OnHeaders(TimeSpan now, RemotePeer from, RemotePeer by, BlockHeaders answer)
    {
        if (context.Self.Light && now > from.HeadersAwaitedUntil)
        {
            // A full peer verifies what headers lead to; a light one has to believe them.
            context.Reports.Dropped(now, MessageType.BlockHeaders, DropReason.NotAsked, by.Id);
            return;
        }

        _answered = true;
        blocks.OnHeaders(now, from, by, answer.Headers);
        if (answer.Headers.Count >= MaxHeaders)
        {
            requests.Ask(now, from, [answer.Headers[^1].Id]);
        }
        else if (!context.Self.Light && !from.Info.Light)
        {
            TellSideBranches(now, from, answer.Headers);
        }
    }

    /// <summary>
    /// The answer names all that its sender has beside the chain: it is told of what is missing there.
    /// </summary>
    private void TellSideBranches(TimeSpan now, RemotePeer partner, IReadOnlyList<BlockHeader> named)
    {
        var chain = context.Ledger.Chain;
        if (chain.Tip is not { } tip)
        {
            return;
        }

        var ours = chain.HeadersAfter([tip.Id], MaxHeaders, SideBranchDepth);
        if (ours.Count == 0)
        {
            return;
        }

        Assertions.That(
            !Assertions.AreOn || !ours.Any(header => chain.IsOnChain(header.Id)),
            "Nothing of the chain is above its tip.");
        var theirs = named.Select(header => header.Id).ToHashSet(context.Ids);
        List<Hash256> missing = [.. ours.Select(header => header.Id).Where(id => !theirs.Contains(id) && Shows(id))];
        if (missing.Count > 0)
        {
            context.Send(now, partner, new Inv(context.Self.Id, missing, context.Random.NextMessageId()));
        }
    }

    private bool Shows(Hash256 id) =>
        context.Ledger.Chain.TryGet(id, out var node) && node.Block is { } block && context.Shows(block);

    private void Round(TimeSpan now, int moreRoundsAtOnce)
    {
        Assertions.That(moreRoundsAtOnce is >= 0 and <= PartnersOnJoining, "Joining ends.");
        _answered = false;
        AskAnyone(now, MaxAttempts);

        var interval = context.Settings.SyncInterval;
        if (moreRoundsAtOnce > 0)
        {
            context.Timers.Schedule(now + context.Settings.RequestTimeout, later => Round(later, moreRoundsAtOnce - 1));
        }
        else if (interval > TimeSpan.Zero)
        {
            context.Timers.Schedule(now + context.Random.Jittered(interval, IntervalJitter), later => Round(later, 0));
        }
    }

    private void AskAnyone(TimeSpan now, int attempts)
    {
        var chosen = context.Table.Choose(context.Random, 1, 0, static (peer, _) => !peer.Info.Light);
        if (_answered || attempts == 0 || chosen.Length == 0)
        {
            return;
        }

        var patience = context.Patience(chosen[0]);
        requests.Ask(now, chosen[0], context.Locator());
        context.Timers.Schedule(now + patience, later => AskAnyone(later, attempts - 1));
    }
}
