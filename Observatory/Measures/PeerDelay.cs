using Blockchain.Shared;
using Blockchain.Shared.Observation;

namespace Blockchain.Observatory.Measures;

/// <summary>How late the blocks of others come to a peer.</summary>
/// <param name="Blocks">How many came.</param>
/// <param name="Missing">How many have not.</param>
/// <param name="Half">The median of their delays; null if none came.</param>
/// <param name="Most">Nine tenths came within this time.</param>
/// <param name="Longest">The last of them.</param>
public sealed record PeerDelay(
    PeerId Peer, int Blocks, int Missing, TimeSpan? Half, TimeSpan? Most, TimeSpan? Longest)
{
    /// <summary>All peers that the blocks tell of: who lacks most first, then the slowest.</summary>
    public static IReadOnlyList<PeerDelay> Of(IReadOnlyList<BlockSpread> spreads)
    {
        ArgumentNullException.ThrowIfNull(spreads);
        var delays = spreads
            .SelectMany(spread => spread.Arrivals.Where(arrival => arrival.Peer != spread.Block.Maker))
            .ToLookup(arrival => arrival.Peer, arrival => arrival.Delay);
        var missing = spreads.SelectMany(spread => spread.Missing).ToLookup(peer => peer);
        return
        [
            .. delays.Select(peer => peer.Key).Union(missing.Select(peer => peer.Key))
                .Select(peer => Of(peer, [.. delays[peer].Order()], missing[peer].Count()))
                .OrderByDescending(peer => peer.Missing)
                .ThenByDescending(peer => peer.Half)
                .ThenByDescending(peer => peer.Most),
        ];
    }

    private static PeerDelay Of(PeerId peer, TimeSpan[] delays, int missing) => new(
        peer,
        delays.Length,
        missing,
        Spread.Quantile<TimeSpan>(delays, Spread.Half),
        Spread.Quantile<TimeSpan>(delays, Spread.Most),
        Spread.Quantile<TimeSpan>(delays, Spread.All));
}
