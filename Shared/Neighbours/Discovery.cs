using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>
/// HELLO to every known peer, answered by HELLO; GET_PEERS and PEERS, by which a newcomer that knows one peer learns
/// of the others.
/// </summary>
internal sealed class Discovery(PeerContext context, Heartbeat heartbeat)
{
    /// <summary>As MAX_ADDR_TO_SEND of Bitcoin Core's src/net_processing.cpp.</summary>
    private const int MaxPeersInList = 1_000;

    /// <summary>A HELLO that crosses ours needs no further answer.</summary>
    private static readonly TimeSpan AnswerOncePer = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AskInterval = TimeSpan.FromMinutes(1);

    private readonly Hearsay _hearsay = new(context);

    private bool _asking;

    /// <summary>Doubles while nobody answers: foreign nodes may not know the question.</summary>
    private TimeSpan _askAgainAfter = context.Settings.RequestTimeout;

    /// <summary>Who is a neighbour; null: everybody is, as far as they answer.</summary>
    public Neighbourhood? Neighbourhood { get; private set; }

    /// <param name="seed">Of the peer.</param>
    public void ChooseNeighbours(ulong seed) =>
        Neighbourhood = new Neighbourhood(context, seed, Greet, (now, peer) =>
        {
            if (!peer.IsWatched)
            {
                heartbeat.Watch(now, peer, Greet);
            }
        });

    public void Start(TimeSpan now)
    {
        if (Neighbourhood is not null)
        {
            Neighbourhood.Start(now);
            return;
        }

        foreach (var peer in context.Table.All)
        {
            Watch(now, peer);
        }
    }

    /// <param name="isDirect">It came on the peer's own connection, not in a RELAY, whose origin anybody can make
    /// up.</param>
    public void OnHello(TimeSpan now, RemotePeer from, Hello hello, bool isDirect)
    {
        // Where it is, its connection shows: one that has moved says HELLO on a new one.
        if (isDirect && hello.Sender == from.Id && hello.Info.Ip == from.Info.Ip)
        {
            context.Table.Update(from, hello.Info);
        }

        if (hello.Sender == from.Id)
        {
            from.Relay = hello.Relay;
        }

        if (Neighbourhood?.OnHello(now, from) is false)
        {
            return;
        }

        if (!from.HasGreeted)
        {
            from.HasGreeted = true;
            Introduce(now, from);
        }

        // Nor does one that answers ours, however far its sender: or the two of us would greet each other without end.
        // How far that is, nobody knows where there are no heartbeats; but an answer comes within this time or never.
        var answeredFor = AnswerOncePer + (2 * (from.RoundTripTime ?? context.Settings.RequestTimeout));
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
        var others = Neighbourhood?.Addresses.Sample(context.Random, MaxPeersInList - 1) ?? context.Table.All
            .Where(peer => peer != from)
            .Take(MaxPeersInList - 1)
            .Select(peer => peer.Info);
        var known = others.Append(context.Self);
        var named = context.Behaviour.Names([.. known]);
        context.Send(now, from, new PeerList(context.Self.Id, named, context.Random.NextMessageId()));
    }

    /// <param name="informant">Whose connection it came on.</param>
    public void OnPeerList(TimeSpan now, PeerId informant, PeerList list)
    {
        _askAgainAfter = AskInterval;
        foreach (var info in list.Peers.Take(MaxPeersInList))
        {
            Tell(now, informant, info);
        }
    }

    /// <summary>
    /// Takes in a peer of a signed network. A name without a key does not exist there, and of the others the plan says
    /// all
    /// that matters, whatever we were told.
    /// </summary>
    public void LearnPlanned(TimeSpan now, PeerId id)
    {
        if (context.Identity?.InfoOf(id) is { } info && context.Table.Learn(now, info, isPlanned: true) is { } peer)
        {
            Learnt(now, peer);
            GreetUnlessChosen(now, peer);
        }
    }

    /// <summary>HELLO in a RELAY from a peer that we do not know.</summary>
    /// <param name="informant">The relay that delivered it.</param>
    public void OnHelloFromAfar(TimeSpan now, PeerId informant, PeerInfo info) => Tell(now, informant, info);

    /// <summary>A stranger says on a connection from its own address who it is.</summary>
    /// <returns>The peer; null if the name is another one's, or there is no room for it.</returns>
    public RemotePeer? Meet(TimeSpan now, PeerInfo info)
    {
        var known = context.Table.Find(info.Id);
        if (known is { IsConfirmed: true } && known.Info.Ip == info.Ip)
        {
            return known;
        }

        if (known is { IsProtected: true })
        {
            return null;
        }

        if (known is { IsConfirmed: false } && known.Info.Ip == info.Ip)
        {
            context.Table.Update(known, info);
            return TryConfirm(now, known) ? known : null;
        }

        if (known is not null)
        {
            // Nobody has answered to the name there, or nobody does so any more.
            context.Forget(now, known);
        }

        MakeRoom(now);
        if (context.Table.Learn(now, info, isPlanned: false) is not { } peer)
        {
            return null;
        }

        Learnt(now, peer);
        GreetUnlessChosen(now, peer);
        return peer;
    }

    /// <summary>Something has come from a peer of which others told us.</summary>
    /// <returns>False if there is no room for it.</returns>
    public bool TryConfirm(TimeSpan now, RemotePeer named)
    {
        MakeRoom(now);
        if (!context.Table.TryConfirm(now, named))
        {
            return false;
        }

        Learnt(now, named);
        return true;
    }

    /// <summary>A ban has ended, during which nobody looked after the peer.</summary>
    public void Pardoned(TimeSpan now, RemotePeer peer)
    {
        if (Neighbourhood is null)
        {
            Watch(now, peer);
        }
    }

    private void Tell(TimeSpan now, PeerId informant, PeerInfo info)
    {
        if (context.Identity is not null)
        {
            LearnPlanned(now, info.Id);
        }
        else if (Neighbourhood is null)
        {
            _hearsay.Tell(now, informant, info);
        }

        Neighbourhood?.Tell(context.Identity?.InfoOf(info.Id) ?? info, context.Table.Find(informant));
    }

    /// <summary>Where neighbours are chosen, HELLO says that this one is.</summary>
    private void GreetUnlessChosen(TimeSpan now, RemotePeer peer)
    {
        if (Neighbourhood is null)
        {
            Greet(now, peer);
        }
    }

    private void MakeRoom(TimeSpan now)
    {
        if (context.Table.ToMakeRoom() is { } away)
        {
            context.Forget(now, away);
        }
    }

    private void Learnt(TimeSpan now, RemotePeer peer)
    {
        if (context.Reports.IsListening)
        {
            context.Reports.Happened(new NeighbourChanged(now, context.Self.Id, peer.Id, PeerStatus.Unknown));
        }

        context.Standings.Learnt(now, peer);
        if (Neighbourhood is null)
        {
            heartbeat.Watch(now, peer, Greet);
        }
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
        if (newcomer.IsPlanned || !context.Behaviour.Introduces)
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
        context.Send(now, peer, context.NewHello());
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
