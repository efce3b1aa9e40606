namespace Blockchain.Simulation.Networks;

/// <summary>What a run takes in memory, roughly: enough to refuse one that no machine of this size could end.</summary>
public static class MemoryEstimate
{
    // Measured as the peak of the process: regular graphs of 1,000 to 10,000 peers with 8 to 1,000 links each took
    // 680 to 770 bytes for each end of a link, and 11 kB for each peer beside them; a thousand blocks 100 bytes each in
    // each peer.
    private const long Program = 90_000_000;
    private const long EachPeer = 11_000;
    private const long EachLinkEnd = 750;
    private const long EachBlockOfAPeer = 100;

    /// <summary>Bytes.</summary>
    public static long Of(SimulationConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var (peers, linkEnds) = config.Network switch
        {
            PlannedNetwork { Plan: var plan } => (plan.Peers.Count, plan.Peers.Sum(peer => Known(peer.Knows, plan))),
            GeneratedNetwork network => (
                network.Peers,
                (long)(network.Peers * LinksOfEach(network)) + (2L * network.Shares.Count * (network.MakerLinks ?? 0))),
            _ => throw new ArgumentException("An unknown kind of network.", nameof(config)),
        };
        return Program + (peers * EachPeer) + (linkEnds * EachLinkEnd) + (peers * Blocks(config) * EachBlockOfAPeer);

        static long Known(IReadOnlyCollection<Shared.PeerId>? knows, Shared.Topology.NetworkPlan plan) =>
            knows?.Count ?? plan.Peers.Count - 1;
    }

    private static double LinksOfEach(GeneratedNetwork network) => Preset.Find(network.Shape) is { } preset
        ? 2 * (network.OutDegree ?? preset.MeanOutDegree)
        : network.Degree;

    private static long Blocks(SimulationConfig config)
    {
        var byTime = config is { Workload.BlockInterval: { } interval, Stop.Duration: { } duration }
            ? duration / interval
            : double.PositiveInfinity;
        var blocks = Math.Min(config.Stop.Blocks ?? double.PositiveInfinity, byTime);
        return double.IsFinite(blocks) ? (long)blocks : 0;
    }
}
