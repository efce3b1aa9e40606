using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Acts;

/// <summary>
/// Some of the peers: those named, those of a group, those of a kind, and of the rest a random share. An empty choice
/// is nobody.
/// </summary>
public sealed record PeerChoice
{
    public static PeerChoice All { get; } = ShareOf(1);

    public IReadOnlyList<PeerId> Ids { get; init; } = [];

    /// <summary>All peers of this <c>localnetworkid</c>.</summary>
    public int? NetworkId { get; init; }

    /// <summary>All peers of which every one of these is true; empty: none.</summary>
    public IReadOnlyList<PeerKind> Kinds { get; init; } = [];

    /// <summary>This share of all peers, 0..1, drawn when it is needed.</summary>
    public double Share { get; init; }

    public static PeerChoice Of(params IEnumerable<string> ids) =>
        new() { Ids = [.. ids.Select(id => new PeerId(id))] };

    public static PeerChoice ShareOf(double share) => new() { Share = share };

    public static PeerChoice Of(params PeerKind[] kinds) => new() { Kinds = kinds };

    /// <summary>The chosen ones of all peers, in the order of the network.</summary>
    /// <param name="isHonest">Whether a peer is honest by now.</param>
    public List<PeerPlan> From(IReadOnlyList<PeerPlan> all, SeededRandom random, Func<PeerPlan, bool> isHonest)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(random);
        var ids = Ids.ToHashSet();
        var some = all.Where(peer => ids.Contains(peer.Id)
            || peer.Info.NetworkId == NetworkId
            || (Kinds.Count > 0 && Kinds.All(kind => Is(peer, kind, isHonest)))).ToList();
        if (Share <= 0)
        {
            return some;
        }

        var others = all.Except(some, ReferenceEqualityComparer.Instance).Cast<PeerPlan>().ToList();
        var count = (int)Math.Round(Share * all.Count);
        random.ShuffleFront(others, count);
        var chosen = some.Concat(others.Take(count)).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return [.. all.Where(chosen.Contains)];
    }

    public bool Equals(PeerChoice? other) => other is not null
        && Ids.SequenceEqual(other.Ids)
        && NetworkId == other.NetworkId
        && Kinds.SequenceEqual(other.Kinds)
        && Share.Equals(other.Share);

    public override int GetHashCode() => HashCode.Combine(Ids.Count, NetworkId, Kinds.Count, Share);

    private static bool Is(PeerPlan peer, PeerKind kind, Func<PeerPlan, bool> isHonest) => kind switch
    {
        PeerKind.Honest => isHonest(peer),
        PeerKind.Malicious => !isHonest(peer),
        PeerKind.Full => !peer.Info.Light,
        PeerKind.Light => peer.Info.Light,
        PeerKind.Nat => peer.Info.Nat,
        PeerKind.Public => !peer.Info.Nat,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown kind of peer."),
    };
}
