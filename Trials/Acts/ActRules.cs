using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>What an act may say about a network; one that could have no effect is a mistake.</summary>
/// <param name="hasPeer">Whether there is a peer of this name.</param>
/// <param name="hasGroup">Whether there is a group with this <c>localnetworkid</c>.</param>
public sealed class ActRules(Func<PeerId, bool> hasPeer, Func<int, bool> hasGroup)
{
    /// <summary>Everything that is wrong with an act, in sentences without a subject.</summary>
    public IEnumerable<string> Problems(Act act)
    {
        var choices = act switch
        {
            Partition partition => [partition.Peers, partition.From],
            Conditions conditions => [conditions.Peers, conditions.To],
            PeerAct of => [of.Peers],
            _ => (PeerChoice?[])[],
        };
        foreach (var problem in choices.OfType<PeerChoice>().SelectMany(Problems))
        {
            yield return problem;
        }

        if (act is CutOff { NetworkId: var group } && !hasGroup(group))
        {
            yield return $"there is no group {group}.";
        }

        if (act is SendTransactions { To: { } to } && !hasPeer(to))
        {
            yield return $"there is no peer \"{to}\".";
        }
    }

    /// <inheritdoc cref="Problems(Act)"/>
    public IEnumerable<string> Problems(PeerChoice choice)
    {
        foreach (var id in choice.Ids.Where(id => !hasPeer(id)))
        {
            yield return $"there is no peer \"{id}\".";
        }

        if (choice.NetworkId is { } group && !hasGroup(group))
        {
            yield return $"there is no group {group}.";
        }
    }
}
