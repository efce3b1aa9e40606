using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Api;

/// <summary>What of the network conditions is to be changed; null: left as it is.</summary>
internal readonly record struct ConditionsChange(double? Loss, TimeSpan? LatencyMin, TimeSpan? LatencyMax)
{
    /// <summary>A latency that is given alone moves the other bound along where that would be on its wrong side.</summary>
    public NetworkConditions Apply(NetworkConditions now)
    {
        var min = LatencyMin ?? (LatencyMax < now.Latency.Min ? LatencyMax.Value : now.Latency.Min);
        var max = LatencyMax ?? (LatencyMin > now.Latency.Max ? LatencyMin.Value : now.Latency.Max);
        return new NetworkConditions(Loss ?? now.Loss, new Range<TimeSpan>(min, max));
    }

    /// <returns>What is wrong, in one line; null: nothing.</returns>
    public static string? TryRead(string? loss, string? latencyMin, string? latencyMax, out ConditionsChange change)
    {
        change = default;
        if ((loss, latencyMin, latencyMax) is (null, null, null))
        {
            return "give loss, latencyMin or latencyMax";
        }

        double share = 0;
        if (loss is not null
            && !(double.TryParse(loss, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share)
                && share is >= 0 and <= 1))
        {
            return "loss must be a number from 0 to 1, such as 0.1";
        }

        if (!TryReadLatency(latencyMin, out var min) || !TryReadLatency(latencyMax, out var max))
        {
            return "latencyMin and latencyMax must be durations such as 20ms or 1.5s";
        }

        change = new ConditionsChange(loss is null ? null : share, min, max);
        return null;
    }

    private static bool TryReadLatency(string? text, out TimeSpan? latency)
    {
        latency = null;
        if (text is null)
        {
            return true;
        }

        var isDuration = Durations.TryParse(text, out var duration);
        latency = duration;
        return isDuration;
    }
}
