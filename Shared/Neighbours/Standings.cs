namespace Blockchain.Shared.Neighbours;

/// <summary>
/// What the others have done wrong, and what follows: points, of which half are forgiven in each half-life; a throttle
/// at half of what leads to a ban; a ban, which ends after a time if the settings say so.
/// </summary>
/// <remarks>
/// Points go to the peer whose connection delivered the offence, and for nothing that somebody else could have caused:
/// what a peer merely passes on, repeats, or sends too often is dropped and costs it nothing.
/// </remarks>
internal sealed class Standings(PeerContext context)
{
    /// <summary>A throttled peer may send a quarter of what others may.</summary>
    private const int Throttle = 4;

    private const double ThrottledFrom = 0.5;

    private const double PointsOfMalformed = 0.1;

    /// <summary>Peers that are remembered after they are forgotten, since a name costs nothing.</summary>
    private const int MaxRemembered = 1_000;

    private readonly Dictionary<PeerId, Standing> _remembered = [];
    private readonly Queue<PeerId> _order = new();

    /// <summary>Called when a ban has ended: nobody has looked after the peer in the meantime.</summary>
    public Action<TimeSpan, RemotePeer> Pardoned { get; set; } = (_, _) => { };

    private TimeSpan HalfLife => context.Settings.ForgiveAfter;

    public void Blame(TimeSpan now, RemotePeer peer, Offence offence)
    {
        Count(now, peer, offence);
        context.Storage?.Blamed(StandingOf(peer));
    }

    private void Count(TimeSpan now, RemotePeer peer, Offence offence)
    {
        peer.Score = ScoreAfter(now, peer, offence);
        if (offence == Offence.FalseId)
        {
            peer.Offences++;
            if (context.Reports.IsListening)
            {
                context.Reports.Happened(new NeighbourOffended(now, context.Self.Id, peer.Id, peer.Offences));
            }
        }

        if (peer.IsBanned)
        {
            return;
        }

        if (peer.Score.Points > context.Settings.BanAfter)
        {
            var banFor = context.Settings.BanFor;
            Ban(now, peer, banFor > TimeSpan.Zero ? now + banFor : null);
        }
        else if (peer.Score.Points > context.Settings.BanAfter * ThrottledFrom)
        {
            ThrottleUntilForgiven(now, peer);
        }
    }

    /// <summary>Of every peer that has done something which is not forgiven.</summary>
    public IReadOnlyList<Standing> Take(TimeSpan now)
    {
        var taken = context.Table.All.Select(StandingOf).Concat(_remembered.Values)
            .Where(standing => IsWorthKeeping(standing, now));
        return [.. taken];
    }

    /// <summary>Takes over what was known in an earlier life.</summary>
    public void Restore(TimeSpan now, IEnumerable<Standing> standings)
    {
        foreach (var standing in standings)
        {
            if (context.Table.Find(standing.Peer) is { } peer)
            {
                Apply(now, peer, standing);
            }
            else
            {
                Remember(now, standing);
            }
        }
    }

    /// <summary>The peer is forgotten; what it did is not.</summary>
    public void Forgotten(TimeSpan now, RemotePeer peer) => Remember(now, StandingOf(peer));

    /// <summary>Somebody of this name has come, perhaps not for the first time.</summary>
    public void Learnt(TimeSpan now, RemotePeer peer)
    {
        if (_remembered.Remove(peer.Id, out var standing))
        {
            Apply(now, peer, standing);
        }
    }

    private static Standing StandingOf(RemotePeer peer) => new(
        peer.Id, peer.Offences, peer.Score, peer.IsBanned ? peer.BannedUntil ?? TimeSpan.MaxValue : null);

    private Score ScoreAfter(TimeSpan now, RemotePeer peer, Offence offence)
    {
        var points = peer.Score.PointsAt(now, HalfLife);

        // Mistakes alone lead to the throttle and never to a ban.
        return new Score(
            offence == Offence.FalseId
                ? points + 1
                : Math.Max(points, Math.Min(points + PointsOfMalformed, context.Settings.BanAfter)),
            now);
    }

    private bool IsWorthKeeping(Standing standing, TimeSpan now) =>
        standing.BannedUntil > now || standing.Score.PointsAt(now, HalfLife) > 0;

    private void Remember(TimeSpan now, Standing standing)
    {
        if (!IsWorthKeeping(standing, now))
        {
            return;
        }

        _remembered[standing.Peer] = standing;
        _order.Enqueue(standing.Peer);
        while (_order.Count > MaxRemembered)
        {
            _remembered.Remove(_order.Dequeue());
        }

        Assertions.That(_remembered.Count <= MaxRemembered, "What others can make us remember is bounded.");
    }

    private void Apply(TimeSpan now, RemotePeer peer, Standing standing)
    {
        peer.Offences = standing.Offences;
        peer.Score = standing.Score;
        if (standing.BannedUntil is { } until && until > now && !peer.IsBanned)
        {
            Ban(now, peer, until == TimeSpan.MaxValue ? null : until);
        }
    }

    /// <param name="until">Null: for good.</param>
    private void Ban(TimeSpan now, RemotePeer peer, TimeSpan? until)
    {
        Assertions.That(!peer.IsBanned, "A peer is banned once at a time.");
        context.Table.Ban(peer, until);
        context.DropWaiting(now, peer, DropReason.Blacklisted);
        if (context.Reports.IsListening)
        {
            context.Reports.Happened(new NeighbourBanned(now, context.Self.Id, peer.Id));
        }

        if (until is { } end)
        {
            context.Timers.Schedule(end, later => Pardon(later, peer));
        }
    }

    private void Pardon(TimeSpan now, RemotePeer peer)
    {
        if (!peer.IsBanned || peer.IsForgotten)
        {
            return;
        }

        // On probation: the next false id leads to the next ban.
        var points = Math.Min(peer.Score.PointsAt(now, HalfLife), context.Settings.BanAfter);
        peer.Score = new Score(points, now);
        context.Table.Pardon(now, peer);
        if (points > context.Settings.BanAfter * ThrottledFrom)
        {
            ThrottleUntilForgiven(now, peer);
        }

        if (context.Reports.IsListening)
        {
            context.Reports.Happened(new NeighbourPardoned(now, context.Self.Id, peer.Id));
        }

        context.Storage?.Blamed(StandingOf(peer));
        Pardoned(now, peer);
    }

    private void ThrottleUntilForgiven(TimeSpan now, RemotePeer peer)
    {
        peer.Throttle(now, Throttle);
        var limit = context.Settings.BanAfter * ThrottledFrom;
        if (HalfLife > TimeSpan.Zero)
        {
            var forgiven = now + (HalfLife * Math.Log2(peer.Score.Points / limit));
            context.Timers.Schedule(forgiven, later => Relax(later, peer));
        }
    }

    /// <summary>If it has done something since, another call comes later.</summary>
    private void Relax(TimeSpan now, RemotePeer peer)
    {
        // The time was computed from rounded numbers.
        const double rounding = 1.001;
        if (peer.Score.PointsAt(now, HalfLife) <= context.Settings.BanAfter * ThrottledFrom * rounding)
        {
            peer.Throttle(now, 1);
        }
    }
}
