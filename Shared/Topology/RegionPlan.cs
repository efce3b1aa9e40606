namespace Blockchain.Shared.Topology;

/// <summary>Regions of the world, and how long messages take between them.</summary>
public sealed class RegionPlan
{
    private readonly Dictionary<(string From, string To), Range<TimeSpan>> _latency;
    private readonly Dictionary<(string From, string To), long> _bandwidth;

    /// <param name="latency">Of each pair of regions, in both orders, and of each region within itself.</param>
    /// <param name="bandwidth">Bits per second of one link, where there is a limit.</param>
    public RegionPlan(
        IReadOnlyDictionary<(string From, string To), Range<TimeSpan>> latency,
        IReadOnlyDictionary<(string From, string To), long>? bandwidth = null)
    {
        _latency = new(latency);
        _bandwidth = new((bandwidth ?? new Dictionary<(string, string), long>()).Where(pair => pair.Value > 0));
        Names = [.. _latency.Keys.Select(pair => pair.From).Distinct(StringComparer.Ordinal)];
        Assertions.That(_latency.Count == Names.Count * Names.Count, "There is a latency for each pair of regions.");
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How a latency between two regions is drawn.</summary>
    public LatencyShape Shape { get; init; }

    /// <summary>Whether any link has a bandwidth.</summary>
    public bool HasBandwidths => _bandwidth.Count > 0;

    /// <exception cref="KeyNotFoundException">There is no such region.</exception>
    public Range<TimeSpan> Latency(string from, string to) => _latency[(from, to)];

    /// <summary>Bits per second of one link between them; 0: no limit.</summary>
    public long Bandwidth(string from, string to) => _bandwidth.GetValueOrDefault((from, to));

    public bool Equals(RegionPlan? other) => other is not null
        && Shape == other.Shape
        && Names.SequenceEqual(other.Names)
        && _latency.All(pair => other._latency.TryGetValue(pair.Key, out var latency) && latency == pair.Value)
        && _bandwidth.Count == other._bandwidth.Count
        && _bandwidth.All(pair => other._bandwidth.TryGetValue(pair.Key, out var bits) && bits == pair.Value);

    public override bool Equals(object? obj) => Equals(obj as RegionPlan);

    public override int GetHashCode() => HashCode.Combine(Names.Count, Shape, _bandwidth.Count);
}
