namespace Blockchain.Shared.Topology;

/// <summary>
/// Reads the regions: a matrix of latencies, row by row, as an object of objects. What stands for one direction holds for
/// the other one too, unless that has a value of its own.
/// </summary>
internal sealed class RegionsReader
{
    private static readonly JsonFormat<string> Shapes = JsonFormats.NameOf(LatencyShapes.All);

    private static readonly IReadOnlyDictionary<string, Action<JsonPlace, RegionsReader>> Fields =
        new Dictionary<string, Action<JsonPlace, RegionsReader>>(StringComparer.Ordinal)
        {
            ["latency"] = (place, reader) => reader.ReadMatrix(place, JsonFormats.Latency, reader._latency),
            ["latencyShape"] = (place, reader) => reader._shape = Shapes.TryRead(place, out var name)
                ? LatencyShapes.Kinds[name]
                : LatencyShape.Uniform,
            ["bandwidth"] = (place, reader) => reader.ReadMatrix(place, JsonFormats.Bandwidth, reader._bandwidth),
        };

    private readonly Dictionary<(string From, string To), Range<TimeSpan>> _latency = [];
    private readonly Dictionary<(string From, string To), long> _bandwidth = [];
    private readonly List<(JsonPath Path, string Region)> _named = [];
    private LatencyShape _shape;

    // False once a value could not be read: then nobody knows which ones are missing.
    private bool _isRead = true;

    /// <summary>Null after an error.</summary>
    public static RegionPlan? Read(JsonPlace place)
    {
        var reader = new RegionsReader();
        var found = place.ReadInto(
            Fields, reader, "an object such as {\"latency\": {\"eu\": {\"eu\": \"10ms\", \"us\": \"45ms\"}, …}}");
        if (place.Value.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return null;
        }

        if (!found.Contains("latency"))
        {
            place.Problems.Error(place.Path.At("latency"), "is missing: the latency between each two regions");
            return null;
        }

        return reader._isRead ? reader.Complete(place.Path.At("latency"), place.Problems) : null;
    }

    private void ReadMatrix<T>(JsonPlace place, JsonFormat<T> format, Dictionary<(string From, string To), T> matrix)
    {
        _isRead &= place.Value.ValueKind == System.Text.Json.JsonValueKind.Object;
        foreach (var (from, row) in place.Members("an object with a row for each region"))
        {
            _named.Add((row.Path, from));
            _isRead &= row.Value.ValueKind == System.Text.Json.JsonValueKind.Object;
            foreach (var (to, cell) in row.Members("an object with a value for each region"))
            {
                _named.Add((cell.Path, to));
                if (format.TryRead(cell, out var value))
                {
                    matrix[(from, to)] = value;
                }
                else
                {
                    _isRead = false;
                }
            }
        }
    }

    private RegionPlan? Complete(JsonPath path, ProblemList problems)
    {
        var names = _latency.Keys.SelectMany(pair => (string[])[pair.From, pair.To]).Distinct().ToArray();
        var isRight = true;
        foreach (var (at, region) in _named.Where(one => !names.Contains(one.Region)).DistinctBy(one => one.Region))
        {
            isRight = false;
            problems.Error(at, $"there is no latency of a region \"{region}\"{Spelling.DidYouMean(region, names)}");
        }

        var latency = new Dictionary<(string From, string To), Range<TimeSpan>>();
        var bandwidth = new Dictionary<(string From, string To), long>();
        foreach (var (from, to) in names.SelectMany(from => names.Select(to => (from, to))))
        {
            if (_latency.TryGetValue((from, to), out var value) || _latency.TryGetValue((to, from), out value))
            {
                latency[(from, to)] = value;
                if (_latency.ContainsKey((from, to))
                    && new NetworkConditions(0, value, Shape: _shape).Problem is { } problem)
                {
                    isRight = false;
                    problems.Error(path.At(from).At(to), problem);
                }
            }
            else if (string.CompareOrdinal(from, to) <= 0)
            {
                isRight = false;
                problems.Error(path.At(from).At(to), $"is missing: the latency between {from} and {to}");
            }

            if (_bandwidth.TryGetValue((from, to), out var bits) || _bandwidth.TryGetValue((to, from), out bits))
            {
                bandwidth[(from, to)] = bits;
            }
        }

        if (names.Length == 0)
        {
            problems.Error(path, "names no region");
        }

        return isRight && names.Length > 0 ? new RegionPlan(latency, bandwidth) { Shape = _shape } : null;
    }
}
