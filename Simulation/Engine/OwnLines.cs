using Blockchain.Shared;
using Blockchain.Shared.Sending;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Links of which each has a latency, a bandwidth and losses of its own: the same lines that a peer of the core sends
/// over, carried by the engine, which knows the bytes of every message.
/// </summary>
/// <param name="plan">What the links are; one that it lacks is as the settings of its sender say.</param>
/// <param name="blockBytes">In place of a BLOCK's encoded size; null: that.</param>
internal sealed class OwnLines(NetworkPlan plan, int? blockBytes)
{
    private readonly Dictionary<PeerId, PlannedLines?> _planned = [];
    private readonly List<(Line Line, SeededRandom Random)> _lines = [];

    public int? BlockBytes => blockBytes;

    /// <summary>What the file says of a line.</summary>
    public (NetworkConditions Conditions, long Bandwidth) Of(PeerId from, PeerId to)
    {
        if (!_planned.TryGetValue(from, out var lines))
        {
            _planned.Add(from, lines = plan.TryGet(from, out var sender) ? PlannedLines.Of(plan, sender) : null);
        }

        return lines?.To(to) ?? ((plan.TryGet(from, out var peer) ? peer.Settings : plan.Defaults).Conditions, 0);
    }

    /// <returns>The number of the line.</returns>
    public int Add(PeerId from, PeerId to, ref SplitMix64 random)
    {
        var (conditions, bandwidth) = Of(from, to);
        _lines.Add((new Line(conditions) { Bandwidth = bandwidth }, new SeededRandom(random.NextUInt64())));
        return _lines.Count - 1;
    }

    public bool Loses(int number) => _lines[number].Line.Loses(_lines[number].Random);

    /// <summary>When a message that is handed to the line now arrives; in ticks.</summary>
    public long Arrival(long now, int number, int bytes)
    {
        var (line, random) = _lines[number];
        var sending = line.Bandwidth > 0 ? line.Occupy(new TimeSpan(now), bytes) : TimeSpan.Zero;
        return now + sending.Ticks + line.Conditions.NextLatency(random).Ticks;
    }
}
