using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>
/// HELLO to every known peer, answered by HELLO; GET_PEERS and PEERS, by which a newcomer that knows one peer learns
/// of the others.
/// </summary>
internal sealed class Discovery(PeerContext context, Heartbeat heartbeat)
{
    private const int MaxPeersInList = 1_000;

    /// <summary>A HELLO that crosses ours needs no further answer.</summary>
    private static readonly TimeSpan AnswerOncePer = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AskInterval = TimeSpan.FromMinutes(1);

    private bool _asking;

    /// <summary>Doubles while nobody answers: foreign nodes may not know the question.</summary>
    private TimeSpan _askAgainAfter = context.Settings.RequestTimeout;

    public void Start(TimeSpan now)
    {
        foreach (var peer in context.Table.All)
        {
            Watch(now, peer);
        }
    }

    /// <param name="isDirect">It came on the peer's own connection, not in a RELAY, whose origin anybody can make
    /// up.</param>
    public void OnHello(TimeSpan now, RemotePeer from, Hello hello, bool isDirect)
    {
        if (isDirect && hello.Sender == from.Id)
        {
            context.Table.Update(from, hello.Info);
        }

        if (!from.HasGreeted)
        {
            from.HasGreeted = true;
            Introduce(now, from);
        }

        // Nor does one that answers ours, however far its sender: or the two of us would greet each other without end.
        var answeredFor = AnswerOncePer + (2 * (from.RoundTripTime ?? TimeSpan.Zero));
        if (from.LastHello is not { } last || now - last >= answeredFor)
        {
            Greet(now, from);
        }

        if (!_asking && context.Settings.Discovery)
        {
            _asking = true;
            AskForPeers(now, from);
        }
    }

    public void OnGetPeers(TimeSpan now, RemotePeer from)
    {
        // Also those that are banned or away for us: that is our experience, and the asker will make its own.
        var known = context.Table.All
            .Where(peer => peer != from)
            .Take(MaxPeersInList - 1)
            .Select(peer => peer.Info)
            .Append(context.Self);
        context.Send(now, from, new PeerList(context.Self.Id, [.. known], context.Random.NextMessageId()));
    }

    public void OnPeerList(TimeSpan now, PeerList list)
    {
        _askAgainAfter = AskInterval;
        foreach (var info in list.Peers.Take(MaxPeersInList))
        {
            Learn(now, info);
        }
    }

    /// <returns>The peer, if it is new.</returns>
    public RemotePeer? Learn(TimeSpan now, PeerInfo info)
    {
        // In a signed network whoever has no key does not exist, and of the others the plan says all that matters.
        var isPlanned = context.Identity is not null;
        if ((isPlanned ? context.Identity!.InfoOf(info.Id) : info) is not { } believed
            || context.Table.Learn(now, believed, isPlanned) is not { } peer)
        {
            return null;
        }

        if (context.Reports.IsListening)
        {
            context.Reports.Happened(new NeighbourChanged(now, context.Self.Id, info.Id, PeerStatus.Unknown));
        }

        Watch(now, peer);
        return peer;
    }

    private void Watch(TimeSpan now, RemotePeer peer)
    {
        Greet(now, peer);
        heartbeat.Watch(now, peer, Greet);
    }

    /// <summary>
    /// Tells a few others of a newcomer that we have heard ourselves, since its own HELLO may not reach everyone (as
    /// Bitcoin relays addresses).
    /// </summary>
    private void Introduce(TimeSpan now, RemotePeer newcomer)
    {
        if (newcomer.IsPlanned)
        {
            return;
        }

        var list = new PeerList(context.Self.Id, [newcomer.Info], context.Random.NextMessageId());
        foreach (var peer in context.Table.Choose(
            context.Random, context.Settings.Fanout, newcomer, static (peer, newcomer) => peer != newcomer))
        {
            context.Send(now, peer, list);
        }
    }

    private void Greet(TimeSpan now, RemotePeer peer)
    {
        peer.LastHello = now;
        context.Send(now, peer, new Hello(context.Self, context.Random.NextMessageId()));
    }

    private void AskForPeers(TimeSpan now, RemotePeer peer)
    {
        context.Send(now, peer, new GetPeers(context.Self.Id, context.Random.NextMessageId()));
        context.Timers.Schedule(now + _askAgainAfter, AskAnyone);
        _askAgainAfter = TimeSpan.FromTicks(Math.Min(2 * _askAgainAfter.Ticks, AskInterval.Ticks));
    }

    private void AskAnyone(TimeSpan now)
    {
        var chosen = context.Table.Choose(context.Random, 1, 0, static (_, _) => true);
        if (chosen.Length > 0)
        {
            AskForPeers(now, chosen[0]);
        }
        else
        {
            context.Timers.Schedule(now + AskInterval, AskAnyone);
        }
    }
}
