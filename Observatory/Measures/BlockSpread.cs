using Blockchain.Events;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Measures;

/// <summary>
/// How a block came to those that it is meant for: the honest peers that were running when it was made. Who started
/// later got it with the chain, and does not count; who went away without it, lacks it.
/// </summary>
/// <param name="Arrivals">In the order of time; the maker's own among them.</param>
/// <param name="Missing">Whom it is meant for and who does not have it, in the order of the ids.</param>
public sealed record BlockSpread(
    BlockState Block, IReadOnlyList<(PeerId Peer, TimeSpan Delay)> Arrivals, IReadOnlyList<PeerId> Missing)
{
    private readonly TimeSpan[] _delays = [.. Arrivals.Select(arrival => arrival.Delay)];

    /// <summary>How many count.</summary>
    public int Peers => Arrivals.Count + Missing.Count;

    /// <summary>The share that has it now, 0..1.</summary>
    public double Reached => Peers == 0 ? 0 : (double)Arrivals.Count / Peers;

    public TimeSpan? Half => Until(Spread.Half);

    public TimeSpan? Most => Until(Spread.Most);

    public TimeSpan? All => Until(Spread.All);

    public static BlockSpread Of(NetworkState state, BlockState block)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(block);
        var times = block.Arrivals.ToDictionary(arrival => arrival.Peer, arrival => arrival.Time);
        var arrivals = new List<(PeerId, TimeSpan)>();
        var missing = new List<PeerId>();
        // Who makes a block with a false id does not take it itself.
        var maker = block.IsFalse ? null : block.Maker;
        foreach (var peer in state.Peers.Where(peer => peer.IsMeantFor(block.Made, peer.Id == maker)))
        {
            // The clocks of two machines may differ by more than the way took.
            if (times.TryGetValue(peer.Id, out var time))
            {
                arrivals.Add((peer.Id, time > block.Made ? time - block.Made : TimeSpan.Zero));
            }
            else
            {
                missing.Add(peer.Id);
            }
        }

        return new BlockSpread(block, [.. arrivals.OrderBy(arrival => arrival.Item2)], missing);
    }

    /// <summary>The last blocks that honest peers made, the newest first.</summary>
    public static IReadOnlyList<BlockSpread> Last(NetworkState state, int count)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. state.Blocks.Where(block => block is { IsFalse: false, Maker: not null, Arrivals.Count: > 0 })
                .OrderByDescending(block => block.Made)
                .Take(count)
                .Select(block => Of(state, block)),
        ];
    }

    /// <summary>How long after its making so large a share had it; null if so many do not yet.</summary>
    public TimeSpan? Until(double share) => Spread.Until<TimeSpan>(_delays, share, Peers);

    /// <summary>The share that had it so long after its making, 0..1.</summary>
    public double ShareAfter(TimeSpan delay) => Peers == 0 ? 0 : (double)_delays.Count(own => own <= delay) / Peers;
}
