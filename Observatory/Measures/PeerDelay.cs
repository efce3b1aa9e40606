using Blockchain.Events;
using Blockchain.Shared;

namespace Blockchain.Observatory.Measures;

/// <summary>How late the blocks of others come to a peer.</summary>
/// <param name="Blocks">How many came.</param>
/// <param name="Missing">How many have not.</param>
/// <param name="Half">The median delay; what is missing is later than all that came. Null if most are.</param>
/// <param name="Most">Nine tenths came within this time; null if fewer came.</param>
/// <param name="Longest">Of those that came; null if none did.</param>
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
                .ThenByDescending(peer => peer.Half ?? TimeSpan.MaxValue)
                .ThenByDescending(peer => peer.Most ?? TimeSpan.MaxValue),
        ];
    }

    private static PeerDelay Of(PeerId peer, TimeSpan[] delays, int missing) => new(
        peer,
        delays.Length,
        missing,
        Spread.Until<TimeSpan>(delays, Spread.Half, delays.Length + missing),
        Spread.Until<TimeSpan>(delays, Spread.Most, delays.Length + missing),
        Spread.Quantile<TimeSpan>(delays, Spread.All));
}
