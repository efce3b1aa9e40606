namespace Blockchain.Shared.Topology;

/// <summary>
/// What the file says of the lines from one peer to its neighbours: a link of its own says most, then the regions of the
/// two, then the settings of the sender.
/// </summary>
public sealed class PlannedLines
{
    private readonly NetworkPlan _plan;
    private readonly PeerPlan _self;
    private readonly Dictionary<PeerId, LinkPlan> _links;

    private PlannedLines(NetworkPlan plan, PeerPlan self)
    {
        _plan = plan;
        _self = self;
        _links = self.Links.ToDictionary(link => link.To);
    }

    /// <summary>The peers to which there are links of their own.</summary>
    internal IEnumerable<PeerId> Linked => _links.Keys;

    /// <summary>Whether a line carries only so much.</summary>
    internal bool HasBandwidths =>
        _self.Links.Any(link => link.Bandwidth > 0) || (_self.Region is not null && _plan.Regions is { HasBandwidths: true });

    /// <summary>Null for a peer whose lines are all alike.</summary>
    public static PlannedLines? Of(NetworkPlan plan, PeerPlan self)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(self);
        return self.Links.Count > 0 || (self.Region is not null && plan.Regions is not null)
            ? new PlannedLines(plan, self)
            : null;
    }

    /// <summary>Null: as to all others.</summary>
    /// <param name="hop">The next hop.</param>
    public (NetworkConditions Conditions, long Bandwidth)? To(PeerId hop)
    {
        var link = _links.GetValueOrDefault(hop);
        var there = _plan.TryGet(hop, out var other) ? other.Region : null;
        var regions = _self.Region is not null && there is not null ? _plan.Regions : null;
        if (link is null && regions is null)
        {
            return null;
        }

        var conditions = _self.Settings.Conditions;
        var bandwidth = 0L;
        if (regions is not null)
        {
            conditions = conditions with { Latency = regions.Latency(_self.Region!, there!), Shape = regions.Shape };
            bandwidth = regions.Bandwidth(_self.Region!, there!);
        }

        return (link?.Over(conditions) ?? conditions, link?.Bandwidth ?? bandwidth);
    }
}
