using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>
/// PING and PONG: measures round-trip times and finds out who is there. A peer is ALIVE while anything of it is heard,
/// UNREACHABLE after too long a silence, and ALIVE again when it answers.
/// </summary>
/// <param name="returned">Called when a peer that was unreachable is heard of again.</param>
internal sealed class Heartbeat(PeerContext context, Action<TimeSpan, RemotePeer> returned)
{
    /// <summary>
    /// A peer that is in no plan and silent for so long will hardly come back under the same address.
    /// </summary>
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);

    /// <summary>The first PING comes soon, since routes are chosen by round-trip time.</summary>
    private static readonly TimeSpan FirstPingWithin = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Share of the capacity that PINGs to peers of no plan take at most, so that many of them cost the blocks nothing.
    /// </summary>
    private const double ShareForNewcomers = 0.1;

    /// <summary>
    /// Who answers for so long has kept an address for so long, which costs more than a name does.
    /// </summary>
    private static readonly TimeSpan EstablishedAfter = TimeSpan.FromMinutes(5);

    private TokenBucket _newcomers = BudgetOf(context.Settings);

    private bool IsOff => context.Settings.PingInterval <= TimeSpan.Zero;

    /// <param name="greet">Says HELLO again, as long as the peer has not said it: the first may be lost.</param>
    public void Watch(TimeSpan now, RemotePeer peer, Action<TimeSpan, RemotePeer> greet)
    {
        if (!IsOff)
        {
            peer.IsWatched = true;
            context.Timers.Schedule(
                now + (FirstPingWithin * context.Random.NextDouble()), later => Beat(later, peer, greet));
        }
    }

    /// <summary>Something that this peer sent has arrived, directly or by relays.</summary>
    public void Heard(TimeSpan now, RemotePeer peer)
    {
        peer.LastHeard = now;
        if (peer.Status != PeerStatus.Alive)
        {
            var wasAway = peer.Status == PeerStatus.Unreachable;
            SetStatus(now, peer, PeerStatus.Alive);
            peer.AnswersSince ??= now;
            if (wasAway)
            {
                returned(now, peer);
            }
        }
    }

    public void OnPing(TimeSpan now, RemotePeer from, Ping ping) =>
        context.Send(now, from, new Pong(context.Self.Id, ping.Timestamp, context.Random.NextMessageId()));

    /// <summary>
    /// Only an answer to a PING of ours counts, from when we sent that one: what else the PONG says, anybody can make
    /// up. (Whose PONG it is, <see cref="Receiving.Receiver"/> has found out: it came on the peer's own connection, or
    /// over a relay of a peer that has no other way.)
    /// </summary>
    public void OnPong(TimeSpan now, RemotePeer from, Pong pong)
    {
        if (from.Answered(pong.Timestamp) is not { } sent)
        {
            return;
        }

        from.JudgeRelay(answered: true);
        var roundTrip = now - sent;
        if (roundTrip <= context.Settings.UnreachableAfter)
        {
            from.AddRoundTrip(roundTrip);
            if (context.Reports.IsListening)
            {
                context.Reports.Happened(new RoundTripMeasured(now, context.Self.Id, from.Id, roundTrip));
            }
        }
    }

    // At least one message a second, since else nobody would ever be found away.
    private static TokenBucket BudgetOf(PeerSettings settings) => settings.Capacity.Max > 0
        ? new TokenBucket(
            Math.Max(1, settings.Capacity.Min * ShareForNewcomers),
            Math.Max(1, settings.Capacity.Min * ShareForNewcomers),
            TimeSpan.Zero)
        : default;

    private void Beat(TimeSpan now, RemotePeer peer, Action<TimeSpan, RemotePeer> greet)
    {
        if (peer.IsBanned || peer.IsForgotten || !peer.IsNeighbour)
        {
            peer.IsWatched = false;
            return;
        }

        var silence = now - peer.LastHeard;
        if (silence >= context.Settings.UnreachableAfter && peer.Status != PeerStatus.Unreachable)
        {
            SetStatus(now, peer, PeerStatus.Unreachable);
            context.DropWaiting(now, peer, DropReason.Unreachable);
        }

        if (silence >= ForgetAfter && !peer.IsPlanned)
        {
            context.Forget(now, peer);
            return;
        }

        peer.IsEstablished |= peer.AnswersSince is { } since && now - since >= EstablishedAfter;
        var interval = context.Settings.PingInterval;
        var due = peer.LastPing is not { } last
            || now - last >= interval
            || peer.AwaitsPong;
        if (due && (peer.IsPlanned || _newcomers.TryTake(now)))
        {
            if (!peer.HasGreeted && peer.LastPing is not null)
            {
                greet(now, peer);
            }

            if (peer.AwaitsPong)
            {
                peer.JudgeRelay(answered: false);
            }

            peer.Pinged(now);
            context.Send(
                now, peer, new Ping(context.Self.Id, now.TotalSeconds, context.Random.NextMessageId()));
        }

        // A PING may be lost: while it is not answered, the next one does not wait for the whole interval.
        var pause = context.Settings.RetryDelay;
        if (pause <= TimeSpan.Zero || pause > interval)
        {
            pause = interval;
        }

        context.Timers.Schedule(now + pause, later => Beat(later, peer, greet));
    }

    private void SetStatus(TimeSpan now, RemotePeer peer, PeerStatus status)
    {
        context.Table.SetStatus(peer, status);
        if (context.Reports.IsListening)
        {
            context.Reports.Happened(new NeighbourChanged(now, context.Self.Id, peer.Id, status));
        }
    }
}
