using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Hunting;

/// <summary>The places of a scenario that name peers: to look at, and to change.</summary>
internal static class Choices
{
    public static IEnumerable<PeerChoice> Of(Act act) => act switch
    {
        Partition partition => [partition.Peers, .. Some(partition.From)],
        Conditions conditions => [conditions.Peers, .. Some(conditions.To)],
        SendTransactions { To: { } to } send => [send.Peers, PeerChoice.Of(to.Value)],
        PeerAct of => [of.Peers],
        CutOff cut => [new PeerChoice { NetworkId = cut.NetworkId }],
        _ => [],
    };

    public static IEnumerable<PeerChoice> Of(Expectation expectation) => expectation switch
    {
        Banned banned => [banned.Peers, banned.By],
        Knows knows => [knows.Others, knows.Of],
        _ => expectation.About,
    };

    public static IEnumerable<PeerChoice> Of(Step step) =>
    [
        .. step.Act is { } act ? Of(act) : [],
        .. step.Expect is { } expect ? Of(expect) : [],
        .. step.Once is { } once ? Of(once) : [],
    ];

    /// <summary>Who is chosen, as far as the plan can tell; of a random share it may be anybody.</summary>
    public static IEnumerable<PeerPlan> Possible(PeerChoice choice, NetworkPlan network) => choice.Share > 0
        ? network.Peers
        : choice.From(network.Peers, new SeededRandom(0), static peer => peer.IsHonest);

    public static bool IsNobody(PeerChoice choice) =>
        choice is { Ids.Count: 0, NetworkId: null, Kinds.Count: 0, Share: 0 };

    /// <summary>The act with other peers; null if nobody is left to whom it could be done.</summary>
    public static Act? Map(Act act, Func<PeerChoice, PeerChoice> change)
    {
        var changed = act switch
        {
            SendTransactions { To: { } to } send when IsNobody(change(PeerChoice.Of(to.Value))) =>
                send with { Peers = change(send.Peers), To = null },
            Partition { From: { } from } partition =>
                partition with { Peers = change(partition.Peers), From = change(from) },
            Conditions { To: { } to } conditions =>
                conditions with { Peers = change(conditions.Peers), To = change(to) },
            PeerAct of => of with { Peers = change(of.Peers) },
            _ => act,
        };
        return Of(changed).Any(IsNobody) ? null : changed;
    }

    /// <summary>The expectation of other peers; null if nobody is left of whom it could be expected.</summary>
    public static Expectation? Map(Expectation expectation, Func<PeerChoice, PeerChoice> change)
    {
        Expectation changed = expectation switch
        {
            SameChain one => one with { Of = change(one.Of) },
            Height one => one with { Of = change(one.Of) },
            Everywhere one => one with { Of = change(one.Of) },
            Banned one => one with { Peers = change(one.Peers), By = change(one.By) },
            Knows one => one with { Others = change(one.Others), Of = change(one.Of) },
            Answers one => one with { Of = change(one.Of) },
            Seen one => one with { Of = change(one.Of) },
            Measured one => one with { Of = change(one.Of) },
            Reached one => one with { Of = change(one.Of) },
            CopiesReceived one => one with { Of = change(one.Of) },
            _ => expectation,
        };
        return Of(changed).Any(IsNobody) ? null : changed;
    }

    public static PeerChoice Without(PeerChoice choice, IReadOnlySet<PeerId> gone) =>
        choice with { Ids = [.. choice.Ids.Where(id => !gone.Contains(id))] };

    private static PeerChoice[] Some(PeerChoice? choice) => choice is null ? [] : [choice];
}
