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

    private bool IsOff => context.Settings.PingInterval <= TimeSpan.Zero;

    /// <param name="greet">Says HELLO again, as long as the peer has not said it: the first may be lost.</param>
    public void Watch(TimeSpan now, RemotePeer peer, Action<TimeSpan, RemotePeer> greet)
    {
        if (!IsOff)
        {
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
            if (wasAway)
            {
                returned(now, peer);
            }
        }
    }

    public void OnPing(TimeSpan now, RemotePeer from, Ping ping) =>
        context.Send(now, from, new Pong(context.Self.Id, ping.Timestamp, context.Random.NextMessageId()));

    public void OnPong(TimeSpan now, RemotePeer from, Pong pong)
    {
        var roundTrip = now.TotalSeconds - pong.Timestamp;

        // The timestamp is the other side's to falsify: only an answer to something asked lately counts.
        if (from.AwaitsPong && roundTrip >= 0 && roundTrip <= context.Settings.UnreachableAfter.TotalSeconds)
        {
            from.AddRoundTrip(TimeSpan.FromSeconds(roundTrip));
            if (context.Reports.IsListening)
            {
                context.Reports.Happened(
                    new RoundTripMeasured(now, context.Self.Id, from.Id, TimeSpan.FromSeconds(roundTrip)));
            }
        }

        if (from.AwaitsPong)
        {
            from.JudgeRelay(answered: true);
            from.AwaitsPong = false;
        }
    }

    private void Beat(TimeSpan now, RemotePeer peer, Action<TimeSpan, RemotePeer> greet)
    {
        if (peer.IsBanned || peer.IsForgotten)
        {
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
            context.Table.Forget(peer);
            return;
        }

        var interval = context.Settings.PingInterval;
        var due = peer.LastPing is not { } last
            || now - last >= interval
            || peer.AwaitsPong;
        if (due)
        {
            if (!peer.HasGreeted && peer.LastPing is not null)
            {
                greet(now, peer);
            }

            if (peer.AwaitsPong)
            {
                peer.JudgeRelay(answered: false);
            }

            peer.LastPing = now;
            peer.AwaitsPong = true;
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
