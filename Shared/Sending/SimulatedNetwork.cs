using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Sending;

/// <summary>
/// The simulated network as one peer sends into it: a line to all others, lines of their own to some, and peers to
/// which nothing gets. Each line is to a next hop, whatever the target of a message is.
/// </summary>
internal sealed class SimulatedNetwork(NetworkConditions planned)
{
    // Hardly any peer has them. So that the others pay for one comparison, they are null where there are none.
    private Dictionary<PeerId, Line>? _pairs;
    private PeerSet? _blocked;

    /// <summary>The line to all that have none of their own.</summary>
    public Line Own { get; } = new(planned);

    /// <summary>How many peers have a line of their own.</summary>
    public int Pairs => _pairs?.Count ?? 0;

    /// <summary>Whether a line of some pair carries only so much.</summary>
    public bool LimitsPairs { get; private set; }

    /// <summary>The peers to which nothing gets.</summary>
    public PeerSet Blocked
    {
        get => _blocked ?? PeerSet.None;
        set => _blocked = value.Count > 0 ? value : null;
    }

    public bool Blocks(PeerId hop) => _blocked is not null && _blocked.Contains(hop);

    public Line To(RemotePeer hop) => Find(hop.Id) ?? Own;

    /// <summary>The line that a message goes over now.</summary>
    public Line Take(TimeSpan now, RemotePeer hop)
    {
        if (_pairs is null || !_pairs.TryGetValue(hop.Id, out var pair))
        {
            return Own;
        }

        pair.TakeToken(now);
        return pair;
    }

    /// <summary>Why a change is not possible, in one sentence; null: it is.</summary>
    public string? Problem(SetConditions change)
    {
        if (change.Shape is { } problem)
        {
            return problem;
        }

        return change.To is { } to
            ? to.Ids.Select(id => change.Apply((Find(id) ?? Own).Conditions).Problem).FirstOrDefault(p => p is not null)
            : change.Apply(Own.Conditions).Problem;
    }

    /// <summary>Changes the line to all.</summary>
    public void Change(SetConditions change) =>
        Own.Conditions = change.Clear ? planned : change.Apply(Own.Conditions);

    /// <summary>Changes the lines to some, or takes them away.</summary>
    /// <returns>Those lines.</returns>
    public List<Line> ChangePairs(TimeSpan now, PeerSet to, SetConditions change)
    {
        var changed = new List<Line>();
        foreach (var id in to.Ids)
        {
            if (change.Clear)
            {
                if (_pairs is not null && _pairs.Remove(id, out var old))
                {
                    changed.Add(old);
                }

                continue;
            }

            var line = Find(id) ?? ((_pairs ??= [])[id] = new Line(Own.Conditions));
            line.Conditions = change.Apply(line.Conditions);
            if (change.Capacity is { } capacity)
            {
                line.SetCapacity(now, capacity);
            }

            changed.Add(line);
        }

        _pairs = _pairs is { Count: > 0 } ? _pairs : null;
        LimitsPairs = _pairs is not null && _pairs.Values.Any(line => line.Capacity > 0);
        return changed;
    }

    private Line? Find(PeerId id) => _pairs?.GetValueOrDefault(id);
}
