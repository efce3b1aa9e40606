using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.Simulation.Networks;

/// <summary>
/// What was measured of the internet and of the networks of three currencies: <c>internet.json</c>, whose
/// <see cref="Source"/> says where it is from. Years and networks are keys.
/// </summary>
internal sealed record InternetFigures(
    string Source,
    IReadOnlyList<string> Regions,
    IReadOnlyDictionary<string, double[][]> LatencyMs,
    IReadOnlyDictionary<string, double[]> DownloadBitsPerSecond,
    IReadOnlyDictionary<string, double[]> UploadBitsPerSecond,
    IReadOnlyDictionary<string, double[]> RegionShare,
    IReadOnlyDictionary<string, double[]> OutDegreeCdf,
    IReadOnlyDictionary<string, FittedFigures> Fitted,
    BlockFigures Block)
{
    private static readonly Lazy<InternetFigures> Embedded = new(Load);

    public static InternetFigures Default => Embedded.Value;

    private static InternetFigures Load()
    {
        using var stream = typeof(InternetFigures).Assembly.GetManifestResourceStream("internet.json")!;
        return JsonSerializer.Deserialize(stream, InternetFiguresContext.Default.InternetFigures)!;
    }
}

/// <summary>What makes a network of SimBlock's spread blocks as a monitor has measured it.</summary>
/// <param name="Year">Of its figures.</param>
/// <param name="Compact">Whether blocks travel as compact blocks.</param>
/// <param name="Pace">Multiplies latencies, and divides bandwidths.</param>
/// <param name="SlowShare">Share of peers that add a delay to each message.</param>
/// <param name="SlowDelayMs">The mean of that delay; exponential.</param>
internal sealed record FittedFigures(string Year, bool Compact, double Pace, double SlowShare, double SlowDelayMs);

/// <param name="CompactUseShare">Share of peers that take part in compact relay.</param>
/// <param name="ChurnShare">Share of peers that come and go, and so know fewer of a block's transactions.</param>
/// <param name="CompactFailureSteady">Share of compact blocks that a steady peer cannot rebuild.</param>
/// <param name="CompactFailureChurn">The same for one that comes and goes.</param>
internal sealed record BlockFigures(
    double IntervalSeconds,
    int Bytes,
    int CompactBytes,
    double CompactUseShare,
    double ChurnShare,
    double CompactFailureSteady,
    double CompactFailureChurn,
    double ProcessingMs,
    double ControlMessageExtraMs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InternetFigures))]
internal sealed partial class InternetFiguresContext : JsonSerializerContext;
