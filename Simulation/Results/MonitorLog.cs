using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Results;

/// <summary>
/// What a monitor hears, counted as KIT does: its clock starts at the first INV of a block, and each peer's first INV
/// within half a minute counts; blocks that fewer than half of the peers announce are left out.
/// </summary>
/// <param name="peers">That it is linked to.</param>
internal sealed class MonitorLog(int peers) : ISimulatedPeerObserver
{
    private const double LeastShare = 0.5;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Hash256, Announced> _blocks = [];

    /// <summary>Null if it has heard of no block that counts.</summary>
    public Percentiles? Announcements
    {
        get
        {
            var delays = _blocks.Values
                .Where(block => block.Delays.Count >= LeastShare * peers)
                .SelectMany(block => block.Delays)
                .ToList();
            return delays.Count == 0 ? null : PercentilesOf.Sample(delays);
        }
    }

    public void Received(TimeSpan now, PeerId via, Message message)
    {
        if (message is not Inv inventory)
        {
            return;
        }

        foreach (var id in inventory.BlockIds)
        {
            if (!_blocks.TryGetValue(id, out var block))
            {
                _blocks.Add(id, block = new Announced(now));
            }

            if (now - block.First <= Window && block.From.Add(via))
            {
                block.Delays.Add((now - block.First).TotalSeconds);
            }
        }
    }

    private sealed record Announced(TimeSpan First)
    {
        public HashSet<PeerId> From { get; } = [];

        public List<double> Delays { get; } = [];
    }
}
