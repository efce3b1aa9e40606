using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Sending;

/// <summary>
/// The simulated network as one peer sends into it: a line to all others, lines of their own to some, and peers to
/// which nothing gets. Each line is to a next hop, whatever the target of a message is.
/// </summary>
/// <remarks>
/// What holds on a line, the first that says it: a command to this pair, a command to the peer, the link in the file,
/// the regions of the two, the settings of the peer.
/// </remarks>
/// <param name="own">Of the line to all others.</param>
/// <param name="planned">Which lines the file has; null: only that one.</param>
internal sealed class SimulatedNetwork(NetworkConditions own, PlannedLines? planned)
{
    private readonly MessageSize? _sizes = planned is { HasBandwidths: true } ? new() : null;

    // Hardly any peer has them. So that the others pay for one comparison, they are null where there are none.
    private Dictionary<PeerId, Line>? _lines = planned is null ? null : [];
    private PeerSet? _blocked;

    /// <summary>
    /// What commands to the peer have changed so far, as one command: for lines that nothing went over yet.
    /// </summary>
    private SetConditions _told = new();

    /// <summary>The line to all that have none of their own.</summary>
    public Line Own { get; } = new(own);

    /// <summary>To how many peers it was told conditions of their own.</summary>
    public int Pairs { get; private set; }

    /// <summary>Whether a line of some pair carries only so much.</summary>
    public bool LimitsPairs { get; private set; } = planned is { HasBandwidths: true };

    /// <summary>The peers to which nothing gets.</summary>
    public PeerSet Blocked
    {
        get => _blocked ?? PeerSet.None;
        set => _blocked = value.Count > 0 ? value : null;
    }

    public bool Blocks(PeerId hop) => _blocked is not null && _blocked.Contains(hop);

    public Line To(RemotePeer hop) => Find(hop.Id);

    /// <summary>The line that a message goes over now.</summary>
    /// <param name="sending">How long it takes until its last bit has left.</param>
    public Line Take(TimeSpan now, RemotePeer hop, Message message, out TimeSpan sending)
    {
        sending = TimeSpan.Zero;
        if (_lines is null)
        {
            return Own;
        }

        var line = Find(hop.Id);
        if (line != Own)
        {
            line.TakeToken(now);
            if (line.Bandwidth > 0)
            {
                sending = line.Occupy(now, _sizes!.Of(message));
            }
        }

        return line;
    }

    /// <summary>Why a change is not possible, in one sentence; null: it is.</summary>
    public string? Problem(SetConditions change)
    {
        if (change.Shape is { } problem)
        {
            return problem;
        }

        if (change.Clear)
        {
            return null;
        }

        var changed = change.To is { } to
            ? to.Ids.Select(id => change.Apply(Find(id).Conditions))
            : (planned?.Linked ?? []).Select(id => change.Apply(Find(id).Conditions))
                .Prepend(change.Apply(Own.Conditions));
        return changed.Select(conditions => conditions.Problem).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Changes the lines to all, but not those that it was told apart.</summary>
    public void Change(SetConditions change)
    {
        _told = change.Clear ? new() : change.After(_told);
        Own.Conditions = change.Clear ? own : change.Apply(Own.Conditions);
        foreach (var (id, line) in _lines ?? [])
        {
            if (line != Own && !line.IsTold)
            {
                line.Conditions = change.Clear
                    ? planned!.To(id)!.Value.Conditions
                    : change.Apply(line.Conditions);
            }
        }
    }

    /// <summary>Changes the lines to some, or takes them away.</summary>
    /// <returns>Those lines.</returns>
    public List<Line> ChangePairs(TimeSpan now, PeerSet to, SetConditions change)
    {
        var changed = new List<Line>();
        foreach (var id in to.Ids)
        {
            if (change.Clear)
            {
                if (_lines is not null && _lines.TryGetValue(id, out var old) && old.IsTold)
                {
                    _lines.Remove(id);
                    changed.Add(old);
                }

                continue;
            }

            var line = Find(id);
            if (line == Own)
            {
                (_lines ??= [])[id] = line = new Line(Own.Conditions);
            }

            line.IsTold = true;
            line.Conditions = change.Apply(line.Conditions);
            if (change.Capacity is { } capacity)
            {
                line.SetCapacity(now, capacity);
            }

            changed.Add(line);
        }

        Pairs = _lines?.Values.Count(line => line.IsTold) ?? 0;
        LimitsPairs = _sizes is not null || (_lines is not null && _lines.Values.Any(line => line.Capacity > 0));
        _lines = planned is null && Pairs == 0 ? null : _lines;
        return changed;
    }

    private Line Find(PeerId hop)
    {
        if (_lines is null)
        {
            return Own;
        }

        if (_lines.TryGetValue(hop, out var line))
        {
            return line;
        }

        if (planned is null)
        {
            return Own;
        }

        // Names that the file does not have are not remembered: anybody can make them up.
        if (planned.To(hop) is not var (conditions, bandwidth))
        {
            return Own;
        }

        line = new Line(_told.Apply(conditions)) { Bandwidth = bandwidth };
        _lines.Add(hop, line);
        return line;
    }
}
