using System.Globalization;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// Our member of a W3C tracestate, <c>blockchain=hops:3</c>: how far the peer that wrote it is away from the maker.
/// </summary>
internal static class Hops
{
    private const string Prefix = "blockchain=hops:";
    private const int MaxDigits = 4;

    /// <returns>Null where it does not say.</returns>
    public static int? Read(string? state)
    {
        foreach (var range in state.AsSpan().Split(','))
        {
            var member = state.AsSpan(range).Trim();
            if (member.StartsWith(Prefix, StringComparison.Ordinal)
                && member.Length <= Prefix.Length + MaxDigits
                && int.TryParse(member[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var hops))
            {
                return hops;
            }
        }

        return null;
    }

    /// <summary>Ours first, as the recommendation has it; then the others' as far as there is room.</summary>
    /// <param name="state">The tracestate that came.</param>
    /// <param name="hops">Null: unknown, so that we have nothing to say.</param>
    public static string? Write(string? state, int? hops)
    {
        var others = state is null ? "" : string.Join(',', state.Split(',').Where(member => !IsOurs(member)));
        if (hops is null)
        {
            return others.Length > 0 ? others : null;
        }

        var ours = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{hops}");
        return others.Length > 0 && ours.Length + 1 + others.Length <= WireLimits.TraceStateLength
            ? $"{ours},{others}"
            : ours;
    }

    private static bool IsOurs(string member) => member.Trim().StartsWith("blockchain=", StringComparison.Ordinal);
}
